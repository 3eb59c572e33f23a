"""The parts of a hurdle, each with its own small page: legal bases, other cities' examples, citizens' evidence, links.

Each write is one act in the hurdle's history. A change names what its form showed (`seen`): where somebody has changed
the part since, nothing is written over.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet
from apps.hurdles.models import CitizenEvidence, CityExample, Hurdle, HurdleWorkload, LegalBasis
from apps.organization.models import WorkloadEntry

Part = LegalBasis | CityExample | CitizenEvidence

BASIS_ADDED = declare_event("hurdles.legal_basis.added", gettext_lazy("Legal basis added"))
BASIS_CHANGED = declare_event("hurdles.legal_basis.changed", gettext_lazy("Legal basis changed"))
BASIS_REMOVED = declare_event("hurdles.legal_basis.removed", gettext_lazy("Legal basis removed"))
EXAMPLE_ADDED = declare_event("hurdles.city_example.added", gettext_lazy("Example of another city added"))
EXAMPLE_CHANGED = declare_event("hurdles.city_example.changed", gettext_lazy("Example of another city changed"))
EXAMPLE_REMOVED = declare_event("hurdles.city_example.removed", gettext_lazy("Example of another city removed"))
EVIDENCE_ADDED = declare_event("hurdles.citizen_evidence.added", gettext_lazy("Evidence from citizens added"))
EVIDENCE_CHANGED = declare_event("hurdles.citizen_evidence.changed", gettext_lazy("Evidence from citizens changed"))
EVIDENCE_REMOVED = declare_event("hurdles.citizen_evidence.removed", gettext_lazy("Evidence from citizens removed"))
WORKLOAD_CHANGED = declare_event("hurdles.workload.changed", gettext_lazy("Workload tasks changed"))


def add_legal_basis(*, hurdle: Hurdle, values: dict[str, Any], by: Any, reason: str = "") -> LegalBasis:
    last = hurdle.legal_bases.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    return _add(LegalBasis(hurdle=hurdle, order=order, **values), BASIS_ADDED, by=by, reason=reason)


def change_legal_basis(*, part: LegalBasis, seen: str, values: dict[str, Any], by: Any, reason: str = "") -> None:
    _change(part, seen, values, BASIS_CHANGED, by=by, reason=reason)


def remove_legal_basis(*, part: LegalBasis, by: Any, reason: str = "") -> None:
    _remove(part, BASIS_REMOVED, by=by, reason=reason)


def add_city_example(*, hurdle: Hurdle, values: dict[str, Any], by: Any, reason: str = "") -> CityExample:
    return _add(CityExample(hurdle=hurdle, **values), EXAMPLE_ADDED, by=by, reason=reason)


def change_city_example(*, part: CityExample, seen: str, values: dict[str, Any], by: Any, reason: str = "") -> None:
    _change(part, seen, values, EXAMPLE_CHANGED, by=by, reason=reason)


def remove_city_example(*, part: CityExample, by: Any, reason: str = "") -> None:
    _remove(part, EXAMPLE_REMOVED, by=by, reason=reason)


def add_citizen_evidence(*, hurdle: Hurdle, values: dict[str, Any], by: Any, reason: str = "") -> CitizenEvidence:
    return _add(CitizenEvidence(hurdle=hurdle, **values), EVIDENCE_ADDED, by=by, reason=reason)


def change_citizen_evidence(
    *, part: CitizenEvidence, seen: str, values: dict[str, Any], by: Any, reason: str = ""
) -> None:
    _change(part, seen, values, EVIDENCE_CHANGED, by=by, reason=reason)


def remove_citizen_evidence(*, part: CitizenEvidence, by: Any, reason: str = "") -> None:
    _remove(part, EVIDENCE_REMOVED, by=by, reason=reason)


def _add(part: Any, event: Event, *, by: Any, reason: str) -> Any:
    require(by, "hurdles.edit_hurdle", part.hurdle)
    with act(event, by=by, reason=reason):
        # Locked: what a second click sends is there already then, and is not written twice.
        Hurdle.objects.select_for_update().get(pk=part.hurdle_id)
        same = type(part).objects.filter(**_said(part)).first()
        if same is None:
            part.save()
    return same or part


def _said(part: Any) -> dict[str, Any]:
    """What a part says, and of which hurdle; neither its key nor its place."""
    return {f.attname: getattr(part, f.attname) for f in part._meta.concrete_fields if f.name not in {"id", "order"}}


def _change(part: Any, seen: str, values: dict[str, Any], event: Event, *, by: Any, reason: str) -> None:
    require(by, "hurdles.edit_hurdle", part.hurdle)
    with act(event, by=by, reason=reason):
        present = type(part).objects.select_for_update().get(pk=part.pk)
        if seen_as(present) != seen:
            raise StalePart(present)
        for name, value in values.items():
            setattr(part, name, value)
        part.save()


def _remove(part: Any, event: Event, *, by: Any, reason: str) -> None:
    require(by, "hurdles.edit_hurdle", part.hurdle)
    with act(event, by=by, reason=reason):
        part.delete()


def workload_choices(hurdle: Hurdle) -> QuerySet[WorkloadEntry]:
    """The tasks of the reporting unit in the latest year of its survey."""
    entries = WorkloadEntry.objects.filter(unit=hurdle.reporting_unit_id)
    latest = entries.aggregate(latest=Max("fiscal_year"))["latest"]
    return entries.filter(fiscal_year=latest).order_by("task")


def change_workload(
    *, hurdle: Hurdle, entries: Iterable[WorkloadEntry], takes_hours: bool, by: Any, reason: str = ""
) -> None:
    """Links the tasks that the hurdle costs; with `takes_hours` the sum of their hours becomes its loss."""
    require(by, "hurdles.edit_hurdle", hurdle)
    wanted = {entry.pk: entry for entry in entries}
    with act(WORKLOAD_CHANGED, by=by, reason=reason):
        present = Hurdle.objects.select_for_update().get(pk=hurdle.pk)
        _link(present, set(wanted), offered=set(workload_choices(present).values_list("pk", flat=True)))
        if takes_hours:
            hours = sum(entry.hours for entry in wanted.values())
            if not hours:
                raise Unmet(_("Choose the tasks whose hours are to be the loss."))
            Hurdle.objects.filter(pk=hurdle.pk).update(hours_lost=hours, version=present.version + 1)


def _link(hurdle: Hurdle, wanted: set[int], offered: set[int]) -> None:
    """Only what the form offered is taken away: links to tasks of other units or years stay."""
    links = HurdleWorkload.objects.filter(hurdle=hurdle)
    linked = set(links.values_list("entry", flat=True))
    links.filter(entry__in=(linked & offered) - wanted).delete()
    for pk in sorted((wanted & offered) - linked):
        HurdleWorkload.objects.create(hurdle=hurdle, entry_id=pk)
