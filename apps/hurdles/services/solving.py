"""Solved cases: how a hurdle was solved, what it brought, and which sections do it too."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers, watchers
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.choices import SOLVED, HurdleStatus
from apps.hurdles.models import Hurdle, SolvedCase, SolvedCaseAdoption
from apps.organization.models import Unit
from apps.organization.selectors import people_of

RECORDED = declare_event("hurdles.solved_case.recorded", gettext_lazy("Solved case recorded"))
EDITED = declare_event("hurdles.solved_case.edited", gettext_lazy("Changed"))
ADOPTED = declare_event("hurdles.solved_case.adopted", gettext_lazy("Our section does it too"))
WITHDRAWN = declare_event("hurdles.solved_case.withdrawn", gettext_lazy("Our section does it no more"))


def record_solved_case(*, uid: UUID, hurdle: Hurdle, values: dict[str, Any], by: Any) -> SolvedCase:
    """How the hurdle was solved: what was done, its measured effect, the section and the day.

    Raises IntegrityError for a second record of the same uid.
    """
    require(by, "hurdles.record_solved_case", hurdle)
    if hurdle.status not in SOLVED:
        said = _("A case is recorded once the hurdle is resolved or partly resolved; its state is “%(state)s”.")
        raise Unmet(said % {"state": HurdleStatus(hurdle.status).label})
    with act(RECORDED, by=by):
        case = SolvedCase.objects.create(uid=uid, hurdle=hurdle, **values)
        said = _("It is written down how “%(title)s” was solved.") % {"title": hurdle.title}
        tell_watchers(case, event=RECORDED, text=said, by=by, also=watchers(hurdle))
    return case


def edit_solved_case(*, case: SolvedCase, version: int, values: dict[str, Any], by: Any) -> SolvedCase:
    """Changes what the case says. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "hurdles.edit_solved_case", case)
    for name, value in values.items():
        setattr(case, name, value)
    with act(EDITED, by=by):
        save_version(case, version=version, changes={**values, "search_key": case.make_search_key()})
    return case


def adopt_solved_case(*, case: SolvedCase, unit: Unit, values: dict[str, Any], by: Any) -> SolvedCaseAdoption:
    """“Our section does it too”: since when, how, and the hours it saves. Said a second time, it is put right."""
    require(by, "hurdles.adopt_solved_case", case)
    _needs_own_unit(unit, by)
    if unit.pk == case.unit_id:
        raise Unmet(_("This is the case of your own section."))
    with act(ADOPTED, by=by):
        SolvedCase.objects.select_for_update().get(pk=case.pk)
        adoption = SolvedCaseAdoption.objects.filter(case=case, unit=unit).first()
        is_new = adoption is None
        adoption = adoption or SolvedCaseAdoption(case=case, unit=unit)
        for name, value in values.items():
            setattr(adoption, name, value)
        adoption.save()
        if is_new:
            said = _("%(unit)s does it too: “%(title)s”.") % {"unit": unit, "title": case.hurdle.title}
            tell_watchers(case, event=ADOPTED, text=said, by=by, also=people_of(case.unit))
    return adoption


def withdraw_adoption(*, case: SolvedCase, unit: Unit, reason: str, by: Any) -> None:
    """The section does it no more, with the reason."""
    require(by, "hurdles.withdraw_adoption", case)
    _needs_own_unit(unit, by)
    if not reason.strip():
        raise Unmet(_("Say why your section does it no more."))
    with act(WITHDRAWN, by=by, reason=reason):
        gone, _rows = SolvedCaseAdoption.objects.filter(case=case, unit=unit).delete()
        if not gone:
            raise Unmet(_("%(unit)s has not said that it does this.") % {"unit": unit})
        said = _("%(unit)s does it no more: “%(title)s”.") % {"unit": unit, "title": case.hurdle.title}
        tell_watchers(case, event=WITHDRAWN, text=said, by=by, also=people_of(case.unit))


def _needs_own_unit(unit: Unit, by: Any) -> None:
    if unit.pk not in by.unit_ids:
        raise Unmet(_("You speak for your own section only."))
