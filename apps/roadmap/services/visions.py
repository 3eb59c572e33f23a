"""Visions: created with their number, changed, laid aside, and the hurdles that hold them back."""

from collections.abc import Iterable
from copy import copy
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
from apps.core.record_kinds import title_of
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.models import Hurdle
from apps.roadmap.choices import NOT_LINKED, Horizon
from apps.roadmap.models import Vision, VisionHurdle

CREATED = declare_event("roadmap.vision.created", gettext_lazy("Vision created"))
EDITED = declare_event("roadmap.vision.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("roadmap.vision.archived", gettext_lazy("Archived"))
HURDLES_LINKED = declare_event("roadmap.vision.hurdles_linked", gettext_lazy("Hurdles that hold it back added"))
HURDLE_UNLINKED = declare_event("roadmap.vision.hurdle_unlinked", gettext_lazy("Hurdle that holds it back taken out"))


def create_vision(*, uid: UUID, values: dict[str, Any], by: Any) -> Vision:
    """A new vision with its number. Raises IntegrityError for a second record of the same uid."""
    require(by, "roadmap.create_vision")
    _check(Vision(**values))
    with act(CREATED, by=by):
        number = next_number("V", FiscalYear.of(clock.today()))
        return Vision.objects.create(uid=uid, number=number, **values)


def edit_vision(*, vision: Vision, version: int, values: dict[str, Any], by: Any) -> Vision:
    """Changes what the vision says. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "roadmap.edit_vision", vision)
    wanted = copy(vision)
    for name, value in values.items():
        setattr(wanted, name, value)
    with act(EDITED, by=by):
        _check(wanted)
        key = wanted.make_search_key()
        save_version(vision, version=version, changes={**values, "search_key": key})
        tell_watchers(vision, event=EDITED, text=_("%(title)s was changed.") % {"title": title_of(vision)}, by=by)
    return vision


def archive_vision(*, vision: Vision, reason: str, by: Any, move_to: Vision | None = None) -> Vision:
    """Lays it aside with a reason. What leads to it and what serves it moves to another vision, or it stays."""
    require(by, "roadmap.archive_vision", vision)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    with act(ARCHIVED, by=by, reason=reason):
        Vision.objects.select_for_update().get(pk=vision.pk)
        serving, leading = _standing(vision)
        if (serving or leading) and move_to is None:
            raise Unmet(_("Other visions serve it or initiatives lead to it. Say to which vision they move."))
        if move_to is not None:
            _move(vision, serving, leading, move_to, by)
        save_version(vision, version=vision.version, changes={"archived_at": clock.now()})
    return vision


def link_vision_hurdles(*, vision: Vision, hurdles: Iterable[Hurdle], by: Any, reason: str = "") -> list[Hurdle]:
    """These hurdles hold the vision back; those that are known already stay as they are. Gives the new ones."""
    require(by, "roadmap.link_vision_hurdles", vision)
    wanted = {hurdle.pk: hurdle for hurdle in hurdles}
    if not wanted:
        raise Unmet(_("Choose at least one hurdle."))
    for hurdle in wanted.values():
        if hurdle.status in NOT_LINKED or hurdle.archived_at:
            said = _("“%(title)s” holds no vision back: its state is “%(state)s”.")
            raise Unmet(said % {"title": hurdle.title, "state": hurdle.get_status_display()})
    with act(HURDLES_LINKED, by=by, reason=reason):
        Vision.objects.select_for_update().get(pk=vision.pk)
        present = set(vision.hurdle_links.values_list("hurdle_id", flat=True))
        new = [hurdle for pk, hurdle in wanted.items() if pk not in present]
        VisionHurdle.objects.bulk_create(VisionHurdle(vision=vision, hurdle=hurdle) for hurdle in new)
        if new:
            words = ngettext(
                "%(count)d hurdle holds %(title)s back.", "%(count)d hurdles hold %(title)s back.", len(new)
            )
            text = words % {"count": len(new), "title": title_of(vision)}
            tell_watchers(vision, event=HURDLES_LINKED, text=text, by=by)
    return new


def unlink_vision_hurdle(*, vision: Vision, hurdle: Hurdle, reason: str, by: Any) -> None:
    """The hurdle holds the vision back no more, with the reason; the hurdle itself stays as it is."""
    require(by, "roadmap.link_vision_hurdles", vision)
    if not reason.strip():
        raise Unmet(_("Say why it is taken out."))
    with act(HURDLE_UNLINKED, by=by, reason=reason):
        gone, _rows = VisionHurdle.objects.filter(vision=vision, hurdle=hurdle).delete()
        if not gone:
            raise Unmet(_("This hurdle does not stand here."))
        text = _("A hurdle that held %(title)s back was taken out.") % {"title": title_of(vision)}
        tell_watchers(vision, event=HURDLE_UNLINKED, text=text, by=by)


def _check(vision: Vision) -> None:
    """What the horizons ask for."""
    served = vision.serves
    if served and vision.horizon == Horizon.TEN_YEARS:
        raise Unmet(_("Only a three-year vision serves another one."))
    if served and (served.horizon != Horizon.TEN_YEARS or served.archived_at):
        raise Unmet(_("A three-year vision serves a ten-year vision."))
    if served and served.target_year < vision.target_year:
        raise Unmet(
            _("It cannot lie after the ten-year vision that it serves (%(year)s).") % {"year": served.target_year}
        )
    serving = vision.served_by.filter(archived_at__isnull=True) if vision.pk else Vision.objects.none()
    if vision.horizon == Horizon.THREE_YEARS and serving.exists():
        raise Unmet(_("Three-year visions serve it, so it stays a ten-year vision."))
    if late := serving.filter(target_year__gt=vision.target_year).first():
        raise Unmet(
            _("“%(title)s”, which serves it, lies later (%(year)s).") % {"title": late, "year": late.target_year}
        )


def _standing(vision: Vision) -> tuple[list[Vision], list[Any]]:
    """What serves it and what leads to it still, each row locked."""
    serving = vision.served_by.filter(archived_at__isnull=True).select_for_update()
    leading = vision.initiatives.filter(archived_at__isnull=True).select_for_update()
    return list(serving), list(leading)


def _move(vision: Vision, serving: list[Vision], leading: list[Any], to: Vision, by: Any) -> None:
    """To another vision of the same horizon; who watches that one is told."""
    if to.pk == vision.pk or to.archived_at or to.horizon != vision.horizon:
        raise Unmet(_("They can move only to another vision of the same horizon."))
    for other in serving:
        if other.target_year > to.target_year:
            raise Unmet(
                _("“%(title)s”, which serves it, lies later (%(year)s).") % {"title": other, "year": other.target_year}
            )
        save_version(other, version=other.version, changes={"serves": to})
    for initiative in leading:
        save_version(initiative, version=initiative.version, changes={"vision": to})
    text = _("What belonged to “%(old)s” belongs to %(title)s now.") % {"old": vision, "title": title_of(to)}
    tell_watchers(to, event=ARCHIVED, text=text, by=by)
