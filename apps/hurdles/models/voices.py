"""What other sections say to a hurdle: ours too, can be done or not, and how it was solved."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Record, Searched, SourcedModel
from apps.core.models.grams import gram_index
from apps.core.text import PlainTextField
from apps.hurdles.choices import OwnerAnswer
from apps.hurdles.models.course import HurdleMerge
from apps.hurdles.models.hurdle import Hurdle
from apps.hurdles.models.opening import VIEW_TRIGGERS
from apps.organization.models import Unit, User


@pghistory.track()
class OwnerView(SourcedModel):
    """The owning section's view 所管課の見解, asked for with a date; silence after it shows as no answer."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="owner_views")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="owner_views", verbose_name=_("Owning unit"))
    asked_on = models.DateField(_("Asked on"))
    due_on = models.DateField(_("Answer due on"))
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)
    answer = models.CharField(_("View"), max_length=12, choices=OwnerAnswer.choices, blank=True)
    reason = PlainTextField(_("Reason"), blank=True)

    class Meta:
        verbose_name = _("View of the owning unit")
        verbose_name_plural = _("Views of the owning units")
        ordering = ["asked_on", "pk"]
        triggers = VIEW_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["hurdle", "unit", "asked_on"], name="one_owner_view_a_question"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="owner_view_answered_with_day",
                violation_error_message=_("An answer has a day, and a day has an answer."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("asked_on")),
                name="owner_view_due_after_asked",
                violation_error_message=_("An answer cannot be due before it is asked for."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_answer_display()}"


@pghistory.track()
class Endorsement(SourcedModel):
    """Ours too うちの課も: another section's own example and loss."""

    history_part = "hurdle"
    # Who acted stands in the entry itself, for those who may read it; the rest of the history names no person.
    history_silent = ("endorsed_by",)

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="endorsements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="endorsements", verbose_name=_("Section"))
    example = PlainTextField(_("Own example"), blank=True)
    hours_lost = models.PositiveIntegerField(_("Hours lost a year"), null=True, blank=True)
    yen_lost = models.PositiveBigIntegerField(_("Yen lost a year"), null=True, blank=True)
    endorsed_on = models.DateField(_("Date"))
    # As with the reporter: the name stays within the own unit and the secretariat.
    endorsed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="endorsements", verbose_name=_("Said by")
    )
    # Came over from a duplicate, and goes with it where the merge is undone.
    merge = models.ForeignKey(
        HurdleMerge,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="endorsements",
        verbose_name=_("Merge of hurdles"),
    )

    class Meta:
        verbose_name = _("Ours too")
        verbose_name_plural = _("Ours too")
        ordering = ["endorsed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hurdle", "unit"],
                name="one_endorsement_a_section",
                violation_error_message=_("This section has already said “ours too”."),
            )
        ]

    def __str__(self) -> str:
        return str(self.unit)


@pghistory.track(exclude=["search_key"])
class SolvedCase(Searched, Record):
    """How a hurdle was solved 解消事例, with the effect that was measured."""

    title_texts = 1

    hurdle = models.ForeignKey(Hurdle, on_delete=models.PROTECT, related_name="solved_cases", verbose_name=_("Hurdle"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="solved_cases", verbose_name=_("Section"))
    what = PlainTextField(_("What was done"))
    effect = PlainTextField(_("Effect"), blank=True)
    hours_saved = models.PositiveIntegerField(_("Hours saved a year"), null=True, blank=True)
    solved_on = models.DateField(_("Solved on"))
    adopting_units: "models.ManyToManyField[Unit, SolvedCaseAdoption]" = models.ManyToManyField(
        Unit,
        through="SolvedCaseAdoption",
        blank=True,
        related_name="adopted_cases",
        verbose_name=_("Sections that do it too"),
    )

    class Meta:
        verbose_name = _("Solved case")
        verbose_name_plural = _("Solved cases")
        ordering = ["-solved_on", "-pk"]
        indexes = [gram_index("solved_case_grams")]

    def __str__(self) -> str:
        return self.hurdle.title

    def searched_texts(self) -> tuple[str, ...]:
        return (self.hurdle.title, self.what, self.effect)

    def get_absolute_url(self) -> str:
        return reverse("hurdles:solved-case-detail", args=[self.uid])


@pghistory.track()
class SolvedCaseAdoption(models.Model):
    """A section that does it too 横展開."""

    history_part = "case"

    case = models.ForeignKey(SolvedCase, on_delete=models.CASCADE, related_name="adoption_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Section"))
    adopted_on = models.DateField(_("Since"), null=True, blank=True)
    note = PlainTextField(_("How the section does it"), blank=True)
    hours_saved = models.PositiveIntegerField(_("Hours saved a year"), null=True, blank=True)

    class Meta:
        verbose_name = _("Section that does it too")
        verbose_name_plural = _("Sections that do it too")
        ordering = ["unit__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "unit"], name="one_adoption_a_section")]

    def __str__(self) -> str:
        return str(self.unit)
