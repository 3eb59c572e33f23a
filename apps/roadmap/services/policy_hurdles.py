"""Which hurdles and common hurdles a policy resolves."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.models import CommonHurdle, Hurdle
from apps.hurdles.services import FLOW as HURDLE_FLOW
from apps.hurdles.services import set_policy
from apps.roadmap.choices import NOT_LINKED
from apps.roadmap.models import Policy, PolicyCommonHurdle, PolicyHurdle
from apps.roadmap.selectors import resolved_hurdles
from apps.roadmap.services.policy_flow import ACTS
from apps.roadmap.services.policy_telling import tell_of

LINKED = declare_event("roadmap.policy.hurdles_linked", gettext_lazy("Hurdles added"))
UNLINKED = declare_event("roadmap.policy.hurdle_unlinked", gettext_lazy("Hurdle taken out"))


def link_hurdles(
    *, policy: Policy, hurdles: Iterable[Hurdle] = (), common_hurdles: Iterable[CommonHurdle] = (), by: Any
) -> int:
    """Adds hurdles and common hurdles in one act; what is there already stays as it is. Gives how many are new."""
    ACTS.check("link_hurdles", policy, by=by)
    single, shared = ready(hurdles), list(common_hurdles)
    if not single and not shared:
        raise Unmet(_("Choose at least one hurdle or common hurdle."))
    with act(LINKED, by=by):
        locked(policy, "link_hurdles")
        added = add_links(policy, single, shared)
        if added:
            move_hurdles(policy, by=by)
            tell_of("link_hurdles", policy, event=LINKED, by=by)
    return added


def move_hurdles(policy: Policy, *, by: Any, how: str = "") -> tuple[list[Hurdle], list[Hurdle]]:
    """Under a decided policy each hurdle that can be one with a decided policy becomes one; the others stay.

    Gives those that moved and those that stayed. `how` says by what the policy was decided.
    """
    moved: list[Hurdle] = []
    stayed: list[Hurdle] = []
    if not policy.is_decided:
        return moved, stayed
    said = _("%(number)s “%(title)s”: %(how)s") if how else _("%(number)s “%(title)s”")
    reason = said % {"number": policy.number, "title": policy.title, "how": how}
    for hurdle in resolved_hurdles(policy).select_for_update():
        if hurdle.status in HURDLE_FLOW["set_policy"].sources:
            moved.append(set_policy(hurdle=hurdle, by=by, reason=reason))
        else:
            stayed.append(hurdle)
    return moved, stayed


def unlink_hurdle(*, policy: Policy, hurdle: Hurdle | CommonHurdle, reason: str, by: Any) -> None:
    """Takes one hurdle, or one common hurdle, out with the reason; it stays as it is."""
    ACTS.check("unlink_hurdle", policy, by=by, data={"reason": reason})
    with act(UNLINKED, by=by, reason=reason):
        locked(policy, "unlink_hurdle")
        links: Any = policy.common_hurdle_links if isinstance(hurdle, CommonHurdle) else policy.hurdle_links
        name = "common_hurdle" if isinstance(hurdle, CommonHurdle) else "hurdle"
        gone, _rows = links.filter(**{name: hurdle}).delete()
        if not gone:
            raise Unmet(_("The policy does not name this hurdle."))
        tell_of("unlink_hurdle", policy, event=UNLINKED, by=by, hurdle=hurdle.number or hurdle.title)


def ready(hurdles: Iterable[Hurdle]) -> list[Hurdle]:
    """The hurdles, each once; Unmet where one of them is nothing that a policy resolves."""
    wanted = {hurdle.pk: hurdle for hurdle in hurdles}
    for hurdle in wanted.values():
        if hurdle.status in NOT_LINKED or hurdle.archived_at:
            said = _("“%(title)s” cannot be added: its state is “%(state)s”.")
            raise Unmet(said % {"title": hurdle.title, "state": hurdle.get_status_display()})
    return list(wanted.values())


def add_links(policy: Policy, hurdles: Sequence[Hurdle], common_hurdles: Sequence[CommonHurdle]) -> int:
    """Writes the links that are not there yet."""
    single = set(policy.hurdle_links.values_list("hurdle", flat=True))
    shared = set(policy.common_hurdle_links.values_list("common_hurdle", flat=True))
    new = [PolicyHurdle(policy=policy, hurdle=each) for each in hurdles if each.pk not in single]
    new_shared = [
        PolicyCommonHurdle(policy=policy, common_hurdle=each)
        for each in {each.pk: each for each in common_hurdles if each.pk not in shared}.values()
    ]
    PolicyHurdle.objects.bulk_create(new)
    PolicyCommonHurdle.objects.bulk_create(new_shared)
    return len(new) + len(new_shared)


def held(policy: Policy, verb: str) -> Policy:
    """Keeps the policy for this act, as it is now: somebody may have moved its state since it was read."""
    present = Policy.objects.select_for_update().get(pk=policy.pk)
    ACTS.check_state(verb, present)
    return present


def locked(policy: Policy, verb: str) -> None:
    """The same, and counts a version: who decides sees that there is something else now."""
    present = held(policy, verb)
    save_version(present, version=present.version, changes={})
    policy.refresh_from_db()
