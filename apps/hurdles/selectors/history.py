"""The history of a hurdle as a person may read it: no names of reporters, no titles of hidden hurdles."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from apps.core.history import Entry, entries_of, event_model_of
from apps.core.permissions import permitted
from apps.core.talk import TALK
from apps.hurdles.models import Endorsement, Hurdle
from apps.hurdles.selectors.hurdles import visible_to
from apps.hurdles.selectors.names import without_names
from apps.organization.models import Unit, User
from apps.organization.permissions import is_secretariat

HISTORY_PARTS = (
    "legal_bases",
    "affected_unit_links",
    "theme_links",
    "workload_links",
    "dependency_links",
    "city_examples",
    "citizen_evidence",
    "owner_views",
    "endorsements",
    "target_moves",
    "progress_updates",
    "resolutions",
    "merges",
    "merged_here",
    "common_hurdle_links",
)


def hurdle_history(hurdle: Hurdle, viewer: Any, *, of_sections: Collection[str]) -> list[Entry]:
    """All entries, newest first. The unit stands for a person whose name stays within that unit and the secretariat."""
    units = _units_for_names(hurdle, viewer)
    entries = entries_of(hurdle, parts=HISTORY_PARTS, attached=TALK, other_words=partial(_other_words, viewer, units))
    return without_names(entries, hurdle, viewer, of_sections=of_sections)


def _units_for_names(hurdle: Hurdle, viewer: Any) -> dict[Any, str]:
    """By person: the unit that is shown in place of the reporter, and of those who said "ours too"."""
    if is_secretariat(viewer):
        return {}
    said = event_model_of(Endorsement)._default_manager.filter(hurdle=hurdle.pk, endorsed_by__isnull=False)
    pairs = dict(said.exclude(unit__in=viewer.unit_ids).values_list("endorsed_by", "unit"))
    units = Unit.objects.in_bulk(pairs.values())
    names = {person: str(units[unit]) for person, unit in pairs.items()}
    if hurdle.reporter_id and not permitted(viewer, "hurdles.view_reporter", hurdle):
        names[hurdle.reporter_id] = str(hurdle.reporting_unit)
    return names


def _other_words(viewer: Any, units: dict[Any, str], model: Any, found: Mapping[Any, Any]) -> Mapping[Any, str]:
    if model is User:
        return units
    if model is not Hurdle:
        return {}
    seen = set(visible_to(viewer).filter(pk__in=found).values_list("pk", flat=True))
    return {key: _("A hurdle that is not open to you") for key in found if key not in seen}
