"""Putting an initiative on the roadmap, changing what it says, and laying it aside."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.models import Hurdle
from apps.roadmap.models import Initiative, InitiativeHurdle, InitiativeUnit
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE
from apps.roadmap.services.initiative_hurdles import refuse_gone
from apps.roadmap.services.initiative_telling import tell_of_initiative

CREATED = declare_event("roadmap.initiative.created", gettext_lazy("Put on the roadmap"))
EDITED = declare_event("roadmap.initiative.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("roadmap.initiative.archived", gettext_lazy("Archived"))

# After its creation these move through the service that moves dates, and nowhere else.
DATES = ("starts_on", "ends_on")
LINKS = ("supporting_units",)


def create_initiative(*, uid: UUID, values: dict[str, Any], by: Any, hurdles: Iterable[Hurdle] = ()) -> Initiative:
    """A concept with its number, and with the hurdles that it is to clear.

    Raises IntegrityError for a second record of the same uid: the same form sent twice makes nothing.
    """
    require(by, "roadmap.create_initiative")
    _refuse_dates_in_wrong_order(values)
    wanted = list(hurdles)
    for hurdle in wanted:
        refuse_gone(hurdle)
    fields = {name: value for name, value in values.items() if name not in LINKS}
    day = clock.today()
    with act(CREATED, by=by):
        number = next_number("I", FiscalYear.of(day))
        initiative = Initiative.objects.create(uid=uid, number=number, status_since=day, **fields)
        _sync_units(initiative, values.get("supporting_units", ()))
        for hurdle in wanted:
            InitiativeHurdle.objects.create(initiative=initiative, hurdle=hurdle)
    return initiative


def _refuse_dates_in_wrong_order(values: dict[str, Any]) -> None:
    starts_on, ends_on = (values.get(name) for name in DATES)
    if starts_on and ends_on and ends_on < starts_on:
        raise Unmet(_("An initiative cannot end before it starts."))


def edit_initiative(*, initiative: Initiative, version: int, values: dict[str, Any], by: Any) -> Initiative:
    """Changes what it says. Raises StaleVersion where somebody saved in the meantime, Unmet for its dates."""
    require(by, "roadmap.edit_initiative", initiative)
    if not set(DATES).isdisjoint(values):
        raise Unmet(_("The dates of an initiative move on their own page, with a reason."))
    fields = {name: value for name, value in values.items() if name not in LINKS}
    for name, value in fields.items():
        setattr(initiative, name, value)
    with act(EDITED, by=by):
        changes = {**fields, "search_key": initiative.make_search_key()}
        save_version(initiative, version=version, changes=changes)
        if "supporting_units" in values:
            _sync_units(initiative, values["supporting_units"])
    return initiative


def _sync_units(initiative: Initiative, wanted: Iterable[Any]) -> None:
    """Adds and takes away supporting units until they are those that are wanted; the lead unit supports nobody."""
    wanted_ids = {unit.pk for unit in wanted} - {initiative.lead_unit_id}
    links = InitiativeUnit.objects.filter(initiative=initiative)
    present = set(links.order_by().values_list("unit", flat=True))
    links.filter(unit__in=present - wanted_ids).delete()
    for unit in sorted(wanted_ids - present):
        InitiativeUnit.objects.create(initiative=initiative, unit_id=unit)


def archive_initiative(*, initiative: Initiative, reason: str, by: Any, version: int | None = None) -> Initiative:
    """Lays it aside with a reason; nothing is deleted. Not while another one that is not at its end needs it."""
    require(by, "roadmap.archive_initiative", initiative)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    with act(ARCHIVED, by=by, reason=reason):
        if needing := _needing(initiative):
            raise Unmet(
                _("These need it first: %(names)s. Take the dependency away before you archive it.")
                % {"names": "、".join(needing)}
            )
        tell_of_initiative("archive", initiative, event=ARCHIVED, by=by)
        version = initiative.version if version is None else version
        save_version(initiative, version=version, changes={"archived_at": clock.now()})
    return initiative


def _needing(initiative: Initiative) -> list[str]:
    """The open initiatives that wait for it, by number and title."""
    others = initiative.needed_by.filter(archived_at__isnull=True).exclude(status__in=CLOSED_INITIATIVE)
    return [f"{other.number or ''} {other.title}".strip() for other in others.order_by("number", "pk")]
