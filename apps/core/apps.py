from importlib import import_module

from django import forms
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = _("Core")

    def ready(self) -> None:
        say_what_is_missing()
        # What an app declares for the others stands in files of these names and is read once at the start.
        autodiscover_modules("permissions", "figures", "panels", "records", "waits", "holdings", "tasks")
        import_module("apps.core.lists")
        import_module("apps.core.talk")


def say_what_is_missing() -> None:
    """Django calls a box that was left empty a field (フィールド) that is required; people read what there is to do."""
    forms.Field.default_error_messages["required"] = _("Fill this in.")
    forms.ChoiceField.default_error_messages["required"] = _("Choose this.")
    forms.FileField.default_error_messages["required"] = _("Choose a file.")
