#!/bin/sh
# Installs the Debian packages that the whole test run needs beyond Python, make and git; does nothing a second time.
set -eu

# The browser of the journeys (Chromium without its windows takes two thirds of the processor time of the whole one);
# LibreOffice and pdftoppm, with which tests open what the portal writes; fonts to see it.
packages='chromium-headless-shell fonts-noto-cjk libreoffice-calc libreoffice-writer poppler-utils'

missing=''
for package in $packages; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root='env'
elif command -v sudo >/dev/null; then
    as_root='sudo env'
else
    echo "Root has to install these packages first:$missing" >&2
    exit 1
fi

echo "Installing Debian packages:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # two lists of words
$as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
