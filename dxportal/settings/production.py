"""A city hall: secrets come from the environment, and without them there is no start.

The portal stands behind a proxy that speaks TLS (docs/operators/docker.md): over plain http nobody can sign in.
"""

from django.core.exceptions import ImproperlyConfigured

from dxportal.embedded.errors import LauncherError
from dxportal.settings.base import *
from dxportal.settings.database import databases
from dxportal.settings.environment import list_from_environment, required_from_environment

# Web and workers alike: a web server without broker would take jobs that nobody does.
REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL")

try:
    SECRET_KEY, *_ = [required_from_environment(name) for name in REQUIRED]
    DATABASES = databases()
except (ImproperlyConfigured, LauncherError) as error:
    # gunicorn, Celery and manage.py would each show an exception in its own way, with a traceback; this is one line.
    raise SystemExit(f"{error} ／設定の説明: docs/operators/environment.md") from None

ALLOWED_HOSTS = list_from_environment("ALLOWED_HOSTS")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Browsers keep to https for a year. It binds the portal's own host name, not the city's other servers.
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SILENCED_SYSTEM_CHECKS = [
    # includeSubDomains: were the portal served at the city's bare domain, every http server of the city would be gone.
    "security.W005",
    # Redirecting is the proxy's work. The portal itself is asked over http by the proxy and the health checks only, and
    # would send everybody round in circles behind a proxy that forgets X-Forwarded-Proto.
    "security.W008",
    # preload: no browser's public list knows a host of a closed network.
    "security.W021",
]
