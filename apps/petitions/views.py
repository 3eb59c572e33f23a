"""Pages of petitions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for
from apps.petitions.filters import PetitionFilter
from apps.petitions.models import Petition, PetitionChannel
from apps.petitions.selectors import petition_detail, petition_list
from apps.petitions.tables import PetitionTable
from apps.roadmap.selectors import told_parts

HISTORY_PARTS = ("answers", "hurdle_links")


@dataclass(frozen=True)
class Count:
    """Characters of a text and how many the form of the channel takes; `limit` is None where it has no limit."""

    length: int
    limit: int | None = None

    @property
    def over(self) -> int:
        """How many characters too many."""
        return max(0, self.length - self.limit) if self.limit is not None else 0


@dataclass(frozen=True)
class Part:
    """One text of the form; `joint` counts it together with the cases of trouble, where the two share a limit."""

    key: str
    label: str
    text: str
    count: Count
    joint: Count | None = None


@dataclass(frozen=True)
class Day:
    """A day on the way of a petition; `ahead` where it is still to come."""

    label: str
    day: date | None
    ahead: bool


def _label(field: str) -> str:
    described: Any = Petition._meta.get_field(field)
    return str(described.verbose_name)


def _parts(petition: Petition) -> list[Part]:
    """The texts in the order of the form: the measure has a limit of its own, cases and effects share one."""
    channel = petition.channel or PetitionChannel()
    measure = Count(petition.measure_length, channel.measure_limit)
    together = Count(petition.cases_and_effects_length, channel.cases_and_effects_limit)
    return [
        _part(petition, "current_state"),
        _part(petition, "trouble_cases"),
        _part(petition, "requested_measure", count=measure),
        _part(petition, "effects", joint=together if together.limit is not None else None),
    ]


def _part(petition: Petition, field: str, *, count: Count | None = None, joint: Count | None = None) -> Part:
    text = getattr(petition, field)
    return Part(field, _label(field), text, count or Count(len(text)), joint)


def _days(petition: Petition) -> list[Day]:
    fields = ("drafted_on", "headquarters_on", "consultation_on", "submission_on")
    days = ((_label(field), getattr(petition, field)) for field in fields)
    return [Day(label, day, bool(day and day > clock.today())) for label, day in days]


class PetitionList(ListPage):
    permission = "petitions.view_petitions"
    title = gettext_lazy("Petitions")
    table_class = PetitionTable
    filterset_class = PetitionFilter
    file_name = "petitions"
    empty_title = gettext_lazy("No petition matches.")
    empty_text = gettext_lazy(
        "Take a filter away. You see a petition once it is submitted, or where your unit owns one of its hurdles."
    )

    def get_queryset(self) -> QuerySet[Petition]:
        return petition_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]


class PetitionDetail(DetailPage):
    permission = "petitions.view_petition"
    template_name = "petitions/petition_detail.html"

    def get_queryset(self) -> QuerySet[Petition]:
        return petition_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return [
            (_("My work"), reverse("dashboards:my-work")),
            (_("Petitions"), reverse("petitions:petition-list")),
            (self.record.number or _("Not yet numbered"), None),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        petition, user = self.record, self.request.user
        return super().get_context_data(
            parts=_parts(petition),
            days=_days(petition),
            entries=entries_of(petition, parts=told_parts(petition, HISTORY_PARTS, user)),
            panels=panels_for("petitions:petition-detail", petition, user),
            **kwargs,
        )
