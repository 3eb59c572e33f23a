"""A city hall: secrets come from the environment, and without them there is no start."""

from dxportal.settings.base import *
from dxportal.settings.database import databases
from dxportal.settings.environment import list_from_environment, required_from_environment

SECRET_KEY = required_from_environment("SECRET_KEY")
ALLOWED_HOSTS = list_from_environment("ALLOWED_HOSTS")
required_from_environment("DATABASE_URL")
DATABASES = databases()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
