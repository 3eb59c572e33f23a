"""Proposals that wait for people because of where they stand on their way."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.budget.choices import StageKind
from apps.budget.models import Proposal
from apps.budget.permissions import is_chief
from apps.budget.selectors.plans_waiting import units_held_as
from apps.budget.selectors.stage_days import notice_day, request_closes, revival_closes
from apps.budget.selectors.waiting import (
    chiefs_turn,
    cut_and_told,
    returned,
    to_confirm_or_submit,
    waiting_by_year,
    waiting_for_chief,
    years_to_tell,
)
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.money import number
from apps.core.waiting import Task
from apps.organization.choices import RoleKind
from apps.organization.permissions import is_finance, is_staff_member

# So many of one kind make a day's work; the rest follows when these are done.
MOST = 100
# So many days before its day the telling of the result appears.
SOON = timedelta(days=7)


class _Days:
    """A day of the calendar, asked for once a year however many proposals it is said of."""

    def __init__(self, ask: Callable[[FiscalYear], date | None]) -> None:
        self.ask, self.known = ask, dict[FiscalYear, date | None]()

    def of(self, year: FiscalYear) -> date | None:
        if year not in self.known:
            self.known[year] = self.ask(year)
        return self.known[year]


def led_units(user: Any) -> frozenset[int]:
    """The units of which this person is the manager, and their predecessors."""
    return units_held_as(user, RoleKind.MANAGER)


def proposals_to_hand_in(user: Any) -> Iterable[Task]:
    """What the manager confirms and hands in, with the day by which it is due."""
    if not (units := led_units(user)):
        return
    closes = _Days(request_closes)
    for proposal in to_confirm_or_submit(user, units).select_related("stage")[:MOST]:
        yield _to_hand_in(proposal, closes.of(proposal.fiscal_year))


def _to_hand_in(proposal: Proposal, due: date | None) -> Task:
    draft = proposal.stage.kind == StageKind.DRAFT
    page, action = ("confirm", _("Confirm")) if draft else ("submit", _("Hand in"))
    title = _("Confirm the proposal: %(name)s") if draft else _("Hand in the request: %(name)s")
    return Task(
        title=title % {"name": proposal},
        note=_left(due),
        due=due,
        url=reverse(f"budget:proposal-{page}", args=[proposal.address]),
        action=action,
    )


def _left(due: date | None) -> str:
    """How many days are left, or that the day has passed."""
    if due is None:
        return _("The calendar has no day for handing in.")
    days = (due - clock.today()).days
    if days < 0:
        return _("The day for handing in has passed.")
    return ngettext("%(days)d day is left.", "%(days)d days are left.", days) % {"days": days}


def proposals_returned(user: Any) -> Iterable[Task]:
    """What came back for correction waits for the unit; its manager is asked to confirm it already."""
    units = user.unit_ids - led_units(user)
    if not is_staff_member(user) or not units:
        return
    closes = _Days(request_closes)
    for proposal in returned(user, units)[:MOST]:
        yield Task(
            title=_("Returned for correction: %(name)s") % {"name": proposal},
            note=_("The reason stands on its page."),
            due=closes.of(proposal.fiscal_year),
            url=proposal.get_absolute_url(),
            action=_("Open"),
        )


def proposals_to_ask_again(user: Any) -> Iterable[Task]:
    """After the result was told: what was cut can be asked for again until the day."""
    if not (units := led_units(user)):
        return
    closes = _Days(revival_closes)
    for proposal in cut_and_told(user, units)[:MOST]:
        due = closes.of(proposal.fiscal_year)
        if due is not None and due < clock.today():
            continue
        said = {"asked": number(proposal.request_k), "told": number(proposal.decided_k)}
        yield Task(
            title=_("Take note of the result: %(name)s") % {"name": proposal},
            note=_("%(told)s of %(asked)s thousand yen. Until the day it can be asked for again.") % said,
            due=due,
            url=proposal.get_absolute_url(),
            action=_("Open"),
        )


def appraisals_waiting(user: Any) -> Iterable[Task]:
    """Hearings, appraisals and the telling of the result wait for the finance section, in one line a year."""
    if not is_finance(user):
        return
    kinds = (
        (_("Hearings to be held"), (StageKind.REQUEST,)),
        (_("Requests to be appraised"), (StageKind.HEARING, StageKind.APPRAISAL)),
        (_("Asked again, to be appraised"), (StageKind.REVIVAL,)),
    )
    for title, stages in kinds:
        for year, count in waiting_by_year(*stages):
            yield _of_year(title, year, count)
    for year in years_to_tell():
        day = notice_day(year)
        if day and day - SOON <= clock.today():
            yield Task(
                title=_("Tell the result of %(year)s") % {"year": year},
                note=_("By the calendar, of all requests in one act."),
                due=day,
                url=reverse("budget:budget-disclose", args=[int(year)]),
                action=_("Tell the result"),
            )


def appraisals_of_the_chief(user: Any) -> Iterable[Task]:
    """What comes to the last stage of the appraisal next waits for the head of headquarters."""
    if not is_chief(user):
        return
    stage = chiefs_turn()
    for year, count in waiting_for_chief():
        where = {"year": int(year), "stage": stage}
        url = f"{reverse('budget:proposal-list')}?{urlencode(where)}"
        yield _of_year(_("Requests for your appraisal"), year, count, url)


def _of_year(title: str, year: FiscalYear, count: int, url: str = "") -> Task:
    return Task(
        title=_("%(what)s (%(year)s)") % {"what": title, "year": year},
        note=ngettext("%(count)d proposal", "%(count)d proposals", count) % {"count": count},
        url=url or f"{reverse('budget:year-appraisal')}?year={int(year)}",
        action=_("Open"),
    )
