"""Common hurdles: the team names what many hurdles share, and bundles them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import CommonHurdle, CommonHurdleMember, Hurdle

CREATED = declare_event("hurdles.common_hurdle.created", gettext_lazy("Common hurdle created"))
EDITED = declare_event("hurdles.common_hurdle.edited", gettext_lazy("Changed"))
BUNDLED = declare_event("hurdles.common_hurdle.bundled", gettext_lazy("Hurdles bundled"))
UNBUNDLED = declare_event("hurdles.common_hurdle.unbundled", gettext_lazy("Taken out of the bundle"))
ARCHIVED = declare_event("hurdles.common_hurdle.archived", gettext_lazy("Archived"))

# A draft is not yet the city's; a merged hurdle is represented by the one that it was merged into.
NOT_BUNDLED = (HurdleStatus.DRAFT, HurdleStatus.MERGED)


def create_common_hurdle(*, uid: UUID, values: dict[str, Any], hurdles: Iterable[Hurdle], by: Any) -> CommonHurdle:
    """A new common hurdle with its number and its first members, in one act.

    Raises IntegrityError for a second record of the same uid.
    """
    require(by, "hurdles.create_common_hurdle")
    wanted = _ready(hurdles)
    with act(CREATED, by=by):
        number = next_number("C", FiscalYear.of(clock.today()))
        common_hurdle = CommonHurdle.objects.create(uid=uid, number=number, **values)
        _link(common_hurdle, wanted)
    return common_hurdle


def edit_common_hurdle(*, common_hurdle: CommonHurdle, version: int, values: dict[str, Any], by: Any) -> CommonHurdle:
    """Changes what the team says. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "hurdles.edit_common_hurdle", common_hurdle)
    for name, value in values.items():
        setattr(common_hurdle, name, value)
    with act(EDITED, by=by):
        key = common_hurdle.make_search_key()
        save_version(common_hurdle, version=version, changes={**values, "search_key": key})
    return common_hurdle


def bundle_hurdles(
    *, common_hurdle: CommonHurdle, hurdles: Iterable[Hurdle], reason: str = "", by: Any
) -> list[Hurdle]:
    """Adds members in one act; those that are there already stay as they are. Gives the new ones."""
    require(by, "hurdles.bundle_hurdles", common_hurdle)
    wanted = _ready(hurdles)
    if not wanted:
        raise Unmet(_("Choose at least one hurdle."))
    with act(BUNDLED, by=by, reason=reason):
        present = _locked_members(common_hurdle)
        new = [hurdle for hurdle in wanted if hurdle.pk not in present]
        _link(common_hurdle, new)
        if new:
            words = ngettext(
                "%(count)d hurdle was bundled into “%(title)s”.",
                "%(count)d hurdles were bundled into “%(title)s”.",
                len(new),
            )
            said = words % {"count": len(new), "title": common_hurdle.title}
            tell_watchers(common_hurdle, event=BUNDLED, text=said, by=by)
    return new


def unbundle_hurdle(*, common_hurdle: CommonHurdle, hurdle: Hurdle, reason: str, by: Any) -> None:
    """Takes one member out, with the reason; the hurdle itself stays as it is."""
    require(by, "hurdles.unbundle_hurdle", common_hurdle)
    if not reason.strip():
        raise Unmet(_("Say why it is taken out."))
    with act(UNBUNDLED, by=by, reason=reason):
        gone, _rows = CommonHurdleMember.objects.filter(common_hurdle=common_hurdle, hurdle=hurdle).delete()
        if not gone:
            raise Unmet(_("This hurdle is not bundled here."))
        said = _("“%(hurdle)s” was taken out of “%(title)s”.")
        words = said % {"hurdle": hurdle.number, "title": common_hurdle.title}
        tell_watchers(common_hurdle, event=UNBUNDLED, text=words, by=by)


def archive_common_hurdle(*, common_hurdle: CommonHurdle, reason: str, by: Any) -> CommonHurdle:
    """Lays it aside with a reason. Nothing is deleted, and its members stay alive with their own owners."""
    require(by, "hurdles.archive_common_hurdle", common_hurdle)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    with act(ARCHIVED, by=by, reason=reason):
        changes = {"archived_at": clock.now()}
        save_version(common_hurdle, version=common_hurdle.version, changes=changes)
    return common_hurdle


def _ready(hurdles: Iterable[Hurdle]) -> list[Hurdle]:
    """The hurdles, each once; Unmet where one of them cannot be bundled."""
    wanted = {hurdle.pk: hurdle for hurdle in hurdles}
    for hurdle in wanted.values():
        if hurdle.status in NOT_BUNDLED or hurdle.archived_at:
            said = _("“%(title)s” cannot be bundled: its state is “%(state)s”.")
            raise Unmet(said % {"title": hurdle.title, "state": hurdle.get_status_display()})
    return list(wanted.values())


def _locked_members(common_hurdle: CommonHurdle) -> set[int]:
    """The present members; the row stays locked, so that two people who add the same one do not collide."""
    CommonHurdle.objects.select_for_update().get(pk=common_hurdle.pk)
    return set(common_hurdle.member_links.values_list("hurdle_id", flat=True))


def _link(common_hurdle: CommonHurdle, hurdles: Iterable[Hurdle]) -> None:
    links = [CommonHurdleMember(common_hurdle=common_hurdle, hurdle=hurdle) for hurdle in hurdles]
    CommonHurdleMember.objects.bulk_create(links)
