"""What is the same wherever the portal runs."""

from pathlib import Path

from dxportal.embedded.address import redis_url
from dxportal.settings.environment import day_from_environment, flag_from_environment
from dxportal.settings.files import *
from dxportal.settings.history import *
from dxportal.settings.jobs import *
from dxportal.settings.language import *
from dxportal.settings.log import *
from dxportal.settings.security import *

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = False
DEMO = flag_from_environment("DEMO")
DEMO_TODAY = day_from_environment("DEMO_TODAY")

# Redis carries hints to the workers and nothing else; a request never talks to it.
REDIS_URL = redis_url()

INSTALLED_APPS = [
    "apps.core",
    "apps.organization",
    "apps.hurdles",
    "apps.roadmap",
    "apps.training",
    "apps.budget",
    "apps.petitions",
    "apps.decisions",
    "apps.reviews",
    "apps.reports",
    "apps.dashboards",
    "apps.city",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "rules",
    "csp",
    "django_filters",
    "crispy_forms",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "dxportal.urls"
WSGI_APPLICATION = "dxportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dxportal.menu.page_frame",
            ],
        },
    },
]

AUTH_USER_MODEL = "organization.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "dashboards:my-work"
LOGOUT_REDIRECT_URL = "login"

CRISPY_ALLOWED_TEMPLATE_PACKS = ("dads",)
CRISPY_TEMPLATE_PACK = "dads"
CRISPY_FAIL_SILENTLY = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "var" / "static"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
