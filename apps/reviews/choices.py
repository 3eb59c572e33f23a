"""Levels of reflections."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReflectionLevel(models.TextChoices):
    GENERAL = "general", _("General")
    PARTICULAR = "particular", _("Particular")
