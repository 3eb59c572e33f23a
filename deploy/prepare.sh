#!/bin/sh
# Makes deploy/portal.env and deploy/postgres.env with fresh secrets, readable by this user alone.
# usage: deploy/prepare.sh HOST…      (the names under which browsers ask for the portal)
# A file that exists is never touched: it may hold the password of a filled database.
set -eu
umask 077
cd "$(dirname "$0")"

if [ $# -eq 0 ]; then
    echo 'usage: deploy/prepare.sh dx.city.example.lg.jp ／ポータルのホスト名を指定してください。' >&2
    exit 2
fi
for file in portal.env postgres.env; do
    if [ -e "$file" ]; then
        echo "deploy/$file exists already; nothing is changed. ／すでにあります。何も変更しません。" >&2
        exit 1
    fi
done

random() { od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }
hosts=$(IFS=,; echo "$*")
password=$(random 24)
key=$(random 40)

sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$key|" -e "s|^ALLOWED_HOSTS=.*|ALLOWED_HOSTS=$hosts|" \
    -e "/^DATABASE_URL=/s|:PASSWORD@|:$password@|" portal.env.example >portal.env
sed -e "s|^POSTGRES_PASSWORD=.*|POSTGRES_PASSWORD=$password|" postgres.env.example >postgres.env
echo 'deploy/portal.env and deploy/postgres.env are made. ／作成しました。'
