from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HurdlesConfig(AppConfig):
    name = "apps.hurdles"
    verbose_name = _("Hurdles")
