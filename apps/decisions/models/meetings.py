"""A meeting 会議 of headquarters or of the team, its agenda, and what was decided."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.models import Proposal
from apps.core import clock
from apps.core.models import NumberedRecord, Record, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.decisions.choices import OUTCOME_CHIPS, AgendaKind, MinutesStatus, Outcome, Presence
from apps.hurdles.models import Hurdle
from apps.organization.models import Body, Unit, User
from apps.roadmap.models import Policy


@pghistory.track(exclude=["search_key"])
class Meeting(Searched, NumberedRecord):
    """One meeting of one body; its agenda and minutes."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("Body"))
    name = PlainCharField(_("Name"), max_length=200)
    held_on = models.DateField(_("Date"))
    starts_at = models.TimeField(_("From"), null=True, blank=True)
    ends_at = models.TimeField(_("Until"), null=True, blank=True)
    place = PlainCharField(_("Place"), max_length=200, blank=True)
    chair = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chair")
    )
    disclosure = PlainCharField(_("Disclosure"), max_length=100, blank=True)
    minutes_status = models.CharField(
        _("Minutes"), max_length=10, choices=MinutesStatus.choices, default=MinutesStatus.DRAFT, editable=False
    )
    minutes_confirmed_on = models.DateField(_("Minutes confirmed on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Meeting")
        verbose_name_plural = _("Meetings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_status=MinutesStatus.DRAFT) | Q(minutes_confirmed_on__isnull=False),
                name="confirmed_minutes_have_day",
                violation_error_message=_("Confirmed minutes need the day on which they were confirmed."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.name, self.place)

    def get_absolute_url(self) -> str:
        return reverse("decisions:meeting-detail", args=[self.address])

    @property
    def is_ahead(self) -> bool:
        """It is still to be held."""
        return self.held_on > clock.today()

    @property
    def has_draft_minutes(self) -> bool:
        """It was held, and what was written down of it may still change."""
        return self.minutes_status == MinutesStatus.DRAFT and not self.is_ahead


@pghistory.track()
class Attendance(models.Model):
    """Who was there, who was not, and who stood in; a person of the portal or a name."""

    history_part = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Employee")
    )
    name = PlainCharField(_("Name"), max_length=100, blank=True)
    presence = models.CharField(_("Presence"), max_length=10, choices=Presence.choices)
    stands_in_for = PlainCharField(_("Stands in for"), max_length=100, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Attendance")
        verbose_name_plural = _("Attendances")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(name=""),
                name="attendance_names_somebody",
                violation_error_message=_("An attendance names a person."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


@pghistory.track()
class AgendaItem(models.Model):
    """One item 議題 of a meeting, with its outcome."""

    history_part = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("Order"))
    kind = models.CharField(_("Kind"), max_length=15, choices=AgendaKind.choices)
    title = PlainCharField(_("Title"), max_length=200)
    material_number = PlainCharField(_("Number of the paper"), max_length=20, blank=True)
    presenter_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Presented by")
    )
    outcome = models.CharField(_("Outcome"), max_length=25, choices=Outcome.choices, blank=True)
    hurdles: "models.ManyToManyField[Hurdle, AgendaHurdle]" = models.ManyToManyField(
        Hurdle, through="AgendaHurdle", blank=True, related_name="agenda_items", verbose_name=_("Hurdles")
    )
    proposals: "models.ManyToManyField[Proposal, AgendaProposal]" = models.ManyToManyField(
        Proposal,
        through="AgendaProposal",
        blank=True,
        related_name="agenda_items",
        verbose_name=_("Budget proposals"),
    )

    class Meta:
        verbose_name = _("Agenda item")
        verbose_name_plural = _("Agenda items")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="one_agenda_item_a_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def outcome_chip(self) -> str:
        return OUTCOME_CHIPS[Outcome(self.outcome)] if self.outcome else "plain"


@pghistory.track()
class AgendaHurdle(models.Model):
    """A hurdle that an agenda item is about."""

    history_part = "item"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(Hurdle, on_delete=models.PROTECT, related_name="agenda_links", verbose_name=_("Hurdle"))

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "hurdle"], name="one_hurdle_an_agenda_item")]

    def __str__(self) -> str:
        return str(self.hurdle)


@pghistory.track()
class AgendaProposal(models.Model):
    """A budget proposal that an agenda item is about."""

    history_part = "item"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="proposal_links")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="agenda_links", verbose_name=_("Budget proposal")
    )

    class Meta:
        verbose_name = _("Budget proposal")
        verbose_name_plural = _("Budget proposals")
        ordering = ["proposal__project_code", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "proposal"], name="one_proposal_an_agenda_item")]

    def __str__(self) -> str:
        return str(self.proposal)


@pghistory.track(exclude=["search_key"])
class Decision(Searched, Record):
    """A decision 決定, by a meeting or by 決裁 (number of the draft and day)."""

    title_texts = 1

    text = PlainTextField(_("Decision"))
    decided_on = models.DateField(_("Decided on"))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("Meeting"),
    )
    item = models.OneToOneField(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        verbose_name=_("Agenda item"),
    )
    approval_number = PlainCharField(_("Number of the approval document"), max_length=50, blank=True)
    policy = models.ForeignKey(
        Policy,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("Policy"),
    )

    class Meta:
        verbose_name = _("Decision")
        verbose_name_plural = _("Decisions")
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | ~Q(approval_number=""),
                name="decision_by_meeting_or_approval",
                violation_error_message=_("A decision is made by a meeting or by an approval document."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def searched_texts(self) -> tuple[str, ...]:
        return (self.text, self.approval_number, self.item.title if self.item else "")
