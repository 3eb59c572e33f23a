"""Choices that several filters offer."""

from django.utils.translation import gettext_lazy as _

YES = ("yes", _("Yes"))
NO = ("no", _("No"))
