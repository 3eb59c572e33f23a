"""A developer's machine and the demo: the private database, no secrets to set."""

import os

from dxportal.settings.base import *
from dxportal.settings.database import databases

SECRET_KEY = os.environ.get("SECRET_KEY", "development-only-this-key-guards-nothing-and-must-never-be-used-in-production")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = databases()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
