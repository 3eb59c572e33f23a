"""Who is told what of a proposal on its way. Before the result is told no notice says anything of the appraisal."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import BudgetResult
from apps.budget.models import Proposal
from apps.core import clock
from apps.core.money import number
from apps.core.notices import tell, tell_each, tell_watchers
from apps.core.registry import Event
from apps.organization.choices import RoleKind
from apps.organization.models import Role, User
from apps.organization.selectors import holders, people_of

ANSWERING = (RoleKind.PROMOTER, RoleKind.MANAGER)


def tell_of_return(proposal: Proposal, *, event: Event, reason: str, by: Any) -> None:
    """The unit has to mend it."""
    text = _("“%(name)s” was returned for correction: %(reason)s") % {"name": proposal, "reason": reason}
    tell_watchers(proposal, event=event, text=text, by=by, also=people_of(proposal.requesting_unit))


def tell_finance_of_withdrawal(proposal: Proposal, *, event: Event, reason: str, by: Any) -> None:
    """A request that was handed in is no more."""
    said = {"number": proposal.number, "name": proposal, "reason": reason}
    text = _("%(number)s “%(name)s” was withdrawn: %(reason)s") % said
    tell_watchers(proposal, event=event, text=text, by=by, also=holders(RoleKind.FINANCE.value))


def tell_finance_of_revival(proposal: Proposal, *, event: Event, by: Any) -> None:
    """It waits for the finance section again."""
    said = {"number": proposal.number or "", "name": proposal}
    text = _("%(number)s “%(name)s”: the unit asks again for what was cut.") % said
    tell(proposal, people=holders(RoleKind.FINANCE.value), event=event, text=text, by=by)


def tell_of_revival_appraised(proposal: Proposal, *, amount_k: int, event: Event, by: Any) -> None:
    """The unit hears what became of its asking again; the year is told by then."""
    said = {"name": proposal, "amount": number(amount_k)}
    text = _("“%(name)s” was appraised again: %(amount)s thousand yen.") % said
    tell_watchers(proposal, event=event, text=text, by=by, also=people_of(proposal.requesting_unit))


def tell_results(told: Iterable[tuple[Proposal, int, int]], *, event: Event, by: Any) -> None:
    """内示: to the promoter and the manager of each unit, what was asked and what is given (proposal, asked, given)."""
    rows = list(told)
    people = _people_of([proposal for proposal, _asked, _given in rows])
    tell_each(
        ((person, each, _told_of(each, *k)) for each, *k in rows for person in people.get(each.requesting_unit_id, ())),
        event=event,
        by=by,
    )


def _told_of(proposal: Proposal, asked_k: int, given_k: int) -> str:
    said = {"name": proposal, "asked": number(asked_k), "given": number(given_k)}
    return _("The result for “%(name)s” is told: %(given)s of %(asked)s thousand yen.") % said


def tell_of_fixing(told: Iterable[tuple[Proposal, str, int]], *, event: Event, by: Any) -> None:
    """予算案確定: what became of each request."""
    rows = list(told)
    people = _people_of([proposal for proposal, _result, _amount in rows])
    tell_each(
        (
            (person, each, _fixed(each, result, amount_k))
            for each, result, amount_k in rows
            for person in people.get(each.requesting_unit_id, ())
        ),
        event=event,
        by=by,
    )


def _fixed(proposal: Proposal, result: str, amount_k: int) -> str:
    said = {"name": proposal, "result": BudgetResult(result).label, "amount": number(amount_k)}
    return _("The budget bill is fixed. “%(name)s”: %(result)s, %(amount)s thousand yen.") % said


def _people_of(proposals: Iterable[Proposal]) -> dict[int, list[User]]:
    """The promoters and managers of the units, each once, in one query for all of them."""
    units = {each.requesting_unit_id for each in proposals}
    roles = Role.objects.on(clock.today()).filter(unit__in=units, kind__in=ANSWERING, user__is_active=True)
    found: dict[int, dict[int, User]] = {}
    for role in roles.select_related("user").order_by("pk"):
        found.setdefault(role.unit_id or 0, {})[role.user_id] = role.user
    return {unit: list(people.values()) for unit, people in found.items()}
