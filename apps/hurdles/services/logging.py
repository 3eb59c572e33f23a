"""Logging a hurdle and changing what it says."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import AffectedUnit, CitizenEvidence, CityExample, Hurdle, HurdleTheme, LegalBasis
from apps.organization.models import Unit

LOGGED = declare_event("hurdles.hurdle.logged", gettext_lazy("Logged"))
EDITED = declare_event("hurdles.hurdle.edited", gettext_lazy("Changed"))

LINKS = ("affected_units", "themes")
# The first of each part comes with the new hurdle; further ones are acts of their own (services/parts.py).
FIRST_PARTS = {"legal_basis": LegalBasis, "city_example": CityExample, "citizen_evidence": CitizenEvidence}


def log_hurdle(*, uid: UUID, reporting_unit: Unit, values: dict[str, Any], by: Any) -> Hurdle:
    """A new draft. `uid` comes from the form: the same form sent twice fails on it and makes nothing.

    Raises IntegrityError for a second record of the same uid, Forbidden for those who log nothing.
    """
    require(by, "hurdles.log_hurdle")
    fields = {name: value for name, value in values.items() if name not in {*LINKS, *FIRST_PARTS}}
    with act(LOGGED, by=by):
        hurdle = Hurdle.objects.create(uid=uid, reporting_unit=reporting_unit, reporter=by, **fields)
        _write_links(hurdle, values)
        for name, model in FIRST_PARTS.items():
            if part := values.get(name):
                model._default_manager.create(hurdle=hurdle, **part)
    return hurdle


def edit_hurdle(*, hurdle: Hurdle, version: int, values: dict[str, Any], by: Any) -> Hurdle:
    """Changes what the hurdle says. Raises StaleVersion where somebody saved in the meantime.

    Once submitted its target date is a promise, which moves through `services.promises` alone.
    """
    require(by, "hurdles.edit_hurdle", hurdle)
    if hurdle.status != HurdleStatus.DRAFT and "target_date" in values:
        raise Unmet(_("A promised date is changed on its own page, with a reason."))
    fields = {name: value for name, value in values.items() if name not in LINKS}
    for name, value in fields.items():
        setattr(hurdle, name, value)
    with act(EDITED, by=by):
        key = hurdle.make_search_key()
        save_version(hurdle, version=version, changes={**fields, "search_key": key})
        _write_links(hurdle, values)
    return hurdle


def _write_links(hurdle: Hurdle, values: dict[str, Any]) -> None:
    if "affected_units" in values:
        _sync(AffectedUnit, "unit", hurdle, values["affected_units"])
    if "themes" in values:
        _sync(HurdleTheme, "theme", hurdle, values["themes"])


def _sync(link: Any, name: str, hurdle: Hurdle, wanted: Iterable[Any]) -> None:
    """Adds and removes links until they are those that are wanted; what stays is not touched."""
    wanted_ids = {each.pk for each in wanted}
    present = set(link.objects.filter(hurdle=hurdle).values_list(f"{name}_id", flat=True))
    link.objects.filter(hurdle=hurdle, **{f"{name}_id__in": present - wanted_ids}).delete()
    for new in sorted(wanted_ids - present):
        link.objects.create(hurdle=hurdle, **{f"{name}_id": new})
