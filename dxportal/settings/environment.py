"""Reads settings from the environment; a wrong value stops the start with one clear line."""

import os
from datetime import date

from django.core.exceptions import ImproperlyConfigured


def flag_from_environment(name: str) -> bool:
    """True for 1, true, yes or on; anything else is off."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def day_from_environment(name: str) -> date | None:
    """A day as YYYY-MM-DD, or None where the variable is not set."""
    value = os.environ.get(name, "")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a day such as 2022-10-14, not {value!r}.") from None


def required_from_environment(name: str) -> str:
    """A value that production cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. The portal does not start without it.")
    return value


def list_from_environment(name: str) -> list[str]:
    """Values parted by commas."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
