"""Tests: real PostgreSQL, fast password hashes, the day of the demo city."""

from datetime import date

from dxportal.settings.base import *
from dxportal.settings.database import databases

SECRET_KEY = "tests-only"  # noqa: S105 guards nothing
ALLOWED_HOSTS = ["*"]
DATABASES = databases()
DEMO = True
DEMO_TODAY = date(2022, 10, 14)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
