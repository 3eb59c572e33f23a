"""The portal with a kind of job to kill and a button that asks for it."""

from dxportal.settings.testing import *  # noqa: F403

ROOT_URLCONF = "tests.faults.urls"
CELERY_IMPORTS = ("tests.faults.kinds",)
