"""What of the registry a leaver holds, and what hangs on a unit."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core import wareki
from apps.core.holdings import Holding, HoldingSource, UnitHoldings, holding_sources, unit_holdings
from apps.hurdles.choices import OPEN, HurdleStatus
from apps.hurdles.selectors import visible_to
from apps.hurdles.services.handing import pass_on_draft
from apps.organization.models import Role


def _begun(status: str, people: Collection[Any], viewer: Any) -> Iterable[Holding]:
    rows = visible_to(viewer).filter(status=status, reporter__in=people)
    for hurdle in rows.order_by("reporter", "pk"):
        yield Holding(
            person=hurdle.reporter_id or 0,
            key=str(hurdle.uid),
            title=f"{hurdle.number or ''} {hurdle.title}".strip(),
            note=hurdle.question if status == HurdleStatus.RETURNED else "",
            url=hurdle.get_absolute_url(),
            unit=hurdle.reporting_unit_id,
        )


def _drafts(people: Collection[Any], _day: date, viewer: Any) -> Iterable[Holding]:
    return _begun(HurdleStatus.DRAFT, people, viewer)


def _questions(people: Collection[Any], _day: date, viewer: Any) -> Iterable[Holding]:
    return _begun(HurdleStatus.RETURNED, people, viewer)


def _next_actions(people: Collection[Any], day: date, viewer: Any) -> Iterable[Holding]:
    """What waits for the posts that these people hold on the eve: it goes with the post by itself."""
    posts: dict[tuple[int, str], list[int]] = {}
    held = Role.objects.filter(user__in=people, unit__isnull=False, valid_from__lt=day).exclude(
        valid_to__lt=_month(day)
    )
    for unit, kind, person in held.values_list("unit", "kind", "user"):
        posts.setdefault((unit or 0, kind), []).append(person)
    units = {unit for unit, _kind in posts}
    waiting = visible_to(viewer).filter(status__in=OPEN, next_action_unit__in=units).exclude(next_action="")
    for hurdle in waiting.order_by("next_action_on", "pk"):
        for person in posts.get((hurdle.next_action_unit_id or 0, hurdle.next_action_role), ()):
            until = wareki.format_date(hurdle.next_action_on) if hurdle.next_action_on else ""
            title = f"{hurdle.number} {hurdle.next_action}"
            yield Holding(person, str(hurdle.uid), title, until, hurdle.get_absolute_url(), hurdle.next_action_unit_id)


def _month(day: date) -> date:
    return date.fromordinal(day.toordinal() - 31)


def _open_of(units: Collection[int], user: Any) -> int:
    here = Q(owning_unit__in=units) | Q(owning_unit__isnull=True, reporting_unit__in=units)
    return visible_to(user).filter(here, status__in=OPEN).count()


def _actions_of(units: Collection[int], user: Any) -> int:
    return visible_to(user).filter(status__in=OPEN, next_action_unit__in=units).exclude(next_action="").count()


holding_sources.add(HoldingSource("hurdles.drafts", _("Drafts of hurdles"), _drafts, pass_on_draft))
holding_sources.add(HoldingSource("hurdles.questions", _("Questions to answer"), _questions))
holding_sources.add(HoldingSource("hurdles.next_actions", _("Next actions of the post"), _next_actions))
unit_holdings.add(UnitHoldings("hurdles.open", _("Open hurdles"), _open_of))
unit_holdings.add(UnitHoldings("hurdles.next_actions", _("Next actions"), _actions_of))
