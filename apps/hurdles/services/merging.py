"""Merging a true duplicate into the hurdle that survives, and undoing it for a day."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.models import Watch
from apps.core.notices import tell, watchers
from apps.core.record_kinds import kind_of
from apps.core.services import save_version
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import CommonHurdleMember, Endorsement, Hurdle, HurdleMerge
from apps.hurdles.services.flow import FLOW
from apps.organization.selectors import people_of

MERGED = declare_event("hurdles.hurdle.merged", gettext_lazy("Merged"))
UNMERGED = declare_event("hurdles.hurdle.unmerged", gettext_lazy("Merge undone"))


def merge_hurdle(*, duplicate: Hurdle, survivor: Hurdle, reason: str, by: Any) -> HurdleMerge:
    """The duplicate leads to the survivor from now on; all that it says is kept, and what speaks for it comes over."""
    with act(MERGED, by=by, reason=reason):
        duplicate, survivor = _locked(duplicate, survivor)
        FLOW.check("merge", duplicate, by=by, data={"survivor": survivor, "reason": reason})
        merge = HurdleMerge.objects.create(
            duplicate=duplicate,
            survivor=survivor,
            merged_by=by,
            merged_at=clock.now(),
            reason=reason,
            status_before=duplicate.status,
            status_reason_before=duplicate.status_reason,
            status_since_before=duplicate.status_since,
        )
        _carry_over(merge)
        _set_state(duplicate, HurdleStatus.MERGED, reason, clock.today(), survivor)
        _tell(merge, by)
    return merge


def unmerge_hurdle(*, duplicate: Hurdle, reason: str = "", by: Any) -> Hurdle:
    """All is as it was before the merge. Only within a day of it."""
    with act(UNMERGED, by=by, reason=reason):
        duplicate.refresh_from_db(from_queryset=Hurdle.objects.select_for_update())
        FLOW.check("unmerge", duplicate, by=by)
        merge = HurdleMerge.objects.select_related("survivor").get(duplicate=duplicate, undone_at__isnull=True)
        merge.endorsements.all().delete()
        merge.memberships.all().delete()
        kind = kind_of(merge.survivor).name
        Watch.objects.filter(kind=kind, record=merge.survivor.uid, person__in=merge.new_watchers).delete()
        _set_state(duplicate, merge.status_before, merge.status_reason_before, merge.status_since_before, None)
        merge.undone_at = clock.now()
        merge.save(update_fields=["undone_at"])
        people = [*_people_of(duplicate), *watchers(duplicate)]
        said = _("%(number)s stands by itself again; the merge was undone.") % {"number": duplicate.number}
        tell(duplicate, people=people, event=UNMERGED, text=said, by=by)
    return duplicate


def _locked(duplicate: Hurdle, survivor: Hurdle) -> tuple[Hurdle, Hurdle]:
    """Both as they stand now, locked in one order, so that A into B and B into A cannot both win."""
    keys = {duplicate.pk, survivor.pk}
    rows = {row.pk: row for row in Hurdle.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return rows[duplicate.pk], rows[survivor.pk]


def _set_state(hurdle: Hurdle, status: str, reason: str, since: Any, survivor: Hurdle | None) -> None:
    changes = {"status": status, "status_reason": reason, "status_since": since, "merged_into": survivor}
    hurdle.refresh_from_db(fields=["version"])
    save_version(hurdle, version=hurdle.version, changes=changes)


def _carry_over(merge: HurdleMerge) -> None:
    """What speaks for the duplicate speaks for the survivor: its section, those who say "ours too", its bundles."""
    present = {merge.survivor.reporting_unit_id, *merge.survivor.endorsements.values_list("unit_id", flat=True)}
    for said in _voices_of(merge.duplicate):
        if said.unit_id not in present:
            present.add(said.unit_id)
            said.hurdle, said.merge = merge.survivor, merge
            said.save()
    bundles = merge.duplicate.common_hurdle_links.exclude(
        common_hurdle__in=merge.survivor.common_hurdle_links.values("common_hurdle")
    )
    for link in bundles:
        CommonHurdleMember.objects.create(common_hurdle=link.common_hurdle, hurdle=merge.survivor, merge=merge)
    merge.new_watchers = _new_watchers(merge)
    merge.save(update_fields=["new_watchers"])


def _voices_of(duplicate: Hurdle) -> list[Endorsement]:
    """The duplicate's own section with its obstacle as the example, then those that said "ours too"; not saved."""
    own = Endorsement(
        unit=duplicate.reporting_unit,
        example=duplicate.obstacle,
        hours_lost=duplicate.hours_lost,
        yen_lost=duplicate.yen_lost,
        endorsed_on=duplicate.reported_on or clock.today(),
        endorsed_by=duplicate.reporter,
    )
    others = [Endorsement(**{name: getattr(each, name) for name in _CARRIED}) for each in duplicate.endorsements.all()]
    return [own, *others]


_CARRIED = ("unit", "example", "hours_lost", "yen_lost", "endorsed_on", "endorsed_by")


def _new_watchers(merge: HurdleMerge) -> list[int]:
    """Those who watched the duplicate and see the survivor watch the survivor, too."""
    kind = kind_of(merge.survivor)
    present = {person.pk for person in watchers(merge.survivor)}
    new = [
        person
        for person in watchers(merge.duplicate)
        if person.pk not in present and kind.visible_to(person).filter(pk=merge.survivor.pk).exists()
    ]
    here = {"kind": kind.name, "record": merge.survivor.uid, "since": clock.now()}
    Watch.objects.bulk_create([Watch(person=person, **here) for person in new])
    return [person.pk for person in new]


def _tell(merge: HurdleMerge, by: Any) -> None:
    """The people of the duplicate's section and its watchers: by name of the survivor to those who see it."""
    people = {person.pk: person for person in [*_people_of(merge.duplicate), *watchers(merge.duplicate)]}
    sees = _who_see(merge.survivor, people.values())
    names = {"number": merge.duplicate.number, "title": merge.duplicate.title, "survivor": merge.survivor.number}
    said = _("%(number)s “%(title)s” was merged into %(survivor)s, where your example now stands.") % names
    tell(merge.survivor, people=[people[pk] for pk in sees], event=MERGED, text=said, by=by)
    said = _("%(number)s “%(title)s” was merged into another hurdle that says the same.") % names
    others = [person for pk, person in people.items() if pk not in sees]
    tell(merge.duplicate, people=others, event=MERGED, text=said, by=by)


def _people_of(hurdle: Hurdle) -> list[Any]:
    """The post holders of the section that reported it, and the reporter."""
    return [*people_of(hurdle.reporting_unit), *([hurdle.reporter] if hurdle.reporter else [])]


def _who_see(hurdle: Hurdle, people: Iterable[Any]) -> set[int]:
    kind = kind_of(hurdle)
    return {person.pk for person in people if kind.visible_to(person).filter(pk=hurdle.pk).exists()}
