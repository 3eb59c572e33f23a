from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = _("Core")

    def ready(self) -> None:
        # What an app declares for the others stands in files of these names and is read once at the start.
        autodiscover_modules("permissions", "figures", "panels", "records", "waits", "holdings", "tasks")
        import_module("apps.core.lists")
        import_module("apps.core.talk")
