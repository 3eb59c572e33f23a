"""Lists that the secretariat edits: cities differ in them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField
from apps.hurdles.choices import Route


class Category(models.Model):
    """What kind of thing is in the way."""

    code = models.CharField(_("Code"), max_length=10, unique=True)
    name = PlainCharField(_("Name"), max_length=50)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Category")
        verbose_name_plural = _("Categories")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """What it is about, across categories: ways of working, training, old customs."""

    name = PlainCharField(_("Name"), max_length=50, unique=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Theme")
        verbose_name_plural = _("Themes")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class LegalLevel(models.Model):
    """Law to custom: who can change it, by which route, and who in the city may decide."""

    code = models.CharField(_("Code"), max_length=30, unique=True)
    name = PlainCharField(_("Name"), max_length=50)
    changed_by = PlainCharField(_("Changed by"), max_length=100)
    route = models.CharField(_("Route"), max_length=30, choices=Route.choices)
    decided_by = ArrayField(models.CharField(max_length=20), verbose_name=_("Decided by"), default=list)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Legal level")
        verbose_name_plural = _("Legal levels")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_within_the_city(self) -> bool:
        """Whether the city hall can change it without the council, the prefecture or the nation."""
        return self.route in {Route.INTERNAL_RULE, Route.INTERNAL_DECISION}
