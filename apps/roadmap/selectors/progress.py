"""How far an initiative is, and from where one knows it; and which ones stand still."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from apps.core import clock
from apps.roadmap.choices import InitiativeStatus, MilestoneState, ProgressSource
from apps.roadmap.models import Initiative

# At work and nothing heard of it for so long: it stands still.
STALLED_DAYS = 90
AT_WORK = (InitiativeStatus.STARTED, InitiativeStatus.UNDERWAY)


@dataclass(frozen=True)
class Progress:
    """A percentage and from where it comes; `achieved` of `milestones` are reached."""

    percent: int | None
    source: ProgressSource | None
    achieved: int
    milestones: int

    @property
    def words(self) -> str:
        """40%; empty where nothing says how far it is."""
        return "" if self.percent is None else _("%(percent)d%%") % {"percent": self.percent}

    @property
    def explained(self) -> str:
        """From where the percentage comes, in words."""
        if self.source == ProgressSource.MILESTONES:
            return _("%(achieved)d of %(all)d milestones") % {"achieved": self.achieved, "all": self.milestones}
        return str(self.source.label) if self.source else ""

    @property
    def in_short(self) -> str:
        """The same for the narrow column of a list."""
        if self.source == ProgressSource.MILESTONES:
            return _("Milestones %(achieved)d/%(all)d") % {"achieved": self.achieved, "all": self.milestones}
        return self.explained


def progress_of(initiative: Initiative) -> Progress:
    """How far it is. Reads the prefetched milestones, so that it asks the database nothing.

    What is achieved is done. Else the newest update that gave a percentage says it; without one it is the share of
    the milestones that are achieved; without milestones nobody knows.
    """
    states = [milestone.state for milestone in initiative.milestones.all()]
    achieved, number = states.count(MilestoneState.ACHIEVED), len(states)
    if initiative.status == InitiativeStatus.ACHIEVED:
        return Progress(100, ProgressSource.STATE, achieved, number)
    if initiative.progress is not None:
        return Progress(initiative.progress, ProgressSource.UPDATE, achieved, number)
    if number:
        return Progress(100 * achieved // number, ProgressSource.MILESTONES, achieved, number)
    return Progress(None, None, 0, 0)


def stalled(initiatives: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `initiatives` that are at work and of which nothing was heard for STALLED_DAYS.

    Heard of is an update, or coming into the present state; where neither day is known, the start.
    """
    last = clock.today() - timedelta(days=STALLED_DAYS)
    heard = Coalesce(Greatest("progressed_on", "status_since"), F("starts_on"))
    return initiatives.alias(heard_on=heard).filter(Q(status__in=AT_WORK) & Q(heard_on__lte=last))


def is_stalled(initiative: Initiative) -> bool:
    """Whether `stalled` finds it."""
    known = [day for day in (initiative.progressed_on, initiative.status_since) if day]
    heard = max(known, default=initiative.starts_on)
    last = clock.today() - timedelta(days=STALLED_DAYS)
    return initiative.status in AT_WORK and heard is not None and heard <= last
