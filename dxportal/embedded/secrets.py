"""Secrets of the demo, made once and kept under var/ for this user alone."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

CONSONANTS = "kstnhmr"
VOWELS = "aiueo"


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret in the file; it is made at first need, in one step, so that half a secret is never kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        fresh.replace(path)
    return path.read_text().strip()


def new_key() -> str:
    """A key that nobody types."""
    return secrets.token_urlsafe(50)


def new_password() -> str:
    """A password that a person can read out and type, such as kamo-tire-suna-4719."""
    words = ["".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS) * 2) for _ in range(3)]
    return "-".join([*words, f"{secrets.randbelow(10_000):04}"])
