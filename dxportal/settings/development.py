"""A developer's machine and the demo: the private database, the demo city's day, no secrets to set."""

import os
from datetime import date

from dxportal.settings.base import *
from dxportal.settings.base import DEMO_TODAY as GIVEN_TODAY
from dxportal.settings.database import databases

DEMO = os.environ.get("DEMO", "1") == "1"
DEMO_TODAY = GIVEN_TODAY or (date(2022, 10, 14) if DEMO else None)
SECRET_KEY = os.environ.get(
    "SECRET_KEY", "development-only-this-key-guards-nothing-and-must-never-be-used-in-production"
)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = databases()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
