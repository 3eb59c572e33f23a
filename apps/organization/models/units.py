"""The city, its units through the reorganisations, and the bodies that decide."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from apps.core.models import SourcedModel
from apps.core.text import PlainCharField, PlainTextField
from apps.organization.choices import UnitKind


class DateRange(Func):
    """PostgreSQL's daterange(from, to, bounds)."""

    function = "DATERANGE"
    output_field = DateRangeField()


VALIDITY = DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class City(models.Model):
    """The one city that this portal serves."""

    name = PlainCharField(_("Name"), max_length=100)
    kana = PlainCharField(_("Kana"), max_length=100, blank=True)
    code = models.CharField(_("Municipality code"), max_length=6)
    prefecture = PlainCharField(_("Prefecture"), max_length=100, blank=True)
    population = models.PositiveIntegerField(_("Population"), null=True, blank=True)
    population_as_of = models.DateField(_("Population as of"), null=True, blank=True)
    general_staff = models.PositiveIntegerField(_("Number of general staff"), null=True, blank=True)
    note = PlainTextField(_("Note"), blank=True)

    class Meta:
        verbose_name = _("City")
        verbose_name_plural = _("Cities")

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date) -> "UnitQuerySet":
        """The units that exist on a day."""
        began = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(began, Q(valid_to__isnull=True) | Q(valid_to__gte=day))


@pghistory.track()
class Unit(SourcedModel):
    """A department or a section in one period of its life under one name.

    A renamed unit is a new row with the same code; the old row keeps its name for old records and points to its
    successors.
    """

    code = models.CharField(_("Code"), max_length=10)
    name = PlainCharField(_("Name"), max_length=100)
    kana = PlainCharField(_("Kana"), max_length=100, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Parent unit"),
    )
    order = models.PositiveIntegerField(_("Order"), default=0)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("Successors")
    )
    # Figures count a record once: of several successors this one takes over what the unit has done.
    main_successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_over",
        verbose_name=_("Main successor"),
    )

    # Set where an old record is shown (selectors.lineage.say_todays_names): today's name, where it is another one.
    todays_name: str = ""

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Unit")
        verbose_name_plural = _("Units")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="unit_begins_before_it_ends",
                violation_error_message=_("A unit cannot end before it begins."),
            ),
            ExclusionConstraint(
                name="one_unit_a_code_a_day",
                expressions=[("code", RangeOperators.EQUAL), (VALIDITY, RangeOperators.OVERLAPS)],
                violation_error_message=_("Another unit has this code in the same period."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Body(SourcedModel):
    """A body that meets and decides: headquarters, the promotion team, the promoters."""

    key = models.CharField(_("Key"), max_length=20, unique=True)
    name = PlainCharField(_("Name"), max_length=100)
    chair = PlainCharField(_("Chair"), max_length=100, blank=True)
    deputies = PlainCharField(_("Deputies"), max_length=200, blank=True)
    members = PlainCharField(_("Members"), max_length=200, blank=True)
    meets = PlainCharField(_("Meets"), max_length=200, blank=True)
    secretariat = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Secretariat")
    )
    member_units = models.ManyToManyField(Unit, blank=True, related_name="bodies", verbose_name=_("Member sections"))

    class Meta:
        verbose_name = _("Body")
        verbose_name_plural = _("Bodies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
