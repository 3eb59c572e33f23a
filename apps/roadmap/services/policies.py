"""Creating a policy, changing what it says, laying it aside."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.talk.watching import begin_to_watch
from apps.core.transitions import Unmet
from apps.hurdles.models import CommonHurdle, Hurdle
from apps.roadmap.choices import PolicyStatus
from apps.roadmap.models import Policy
from apps.roadmap.services.policy_flow import ACTS
from apps.roadmap.services.policy_hurdles import add_links, ready

CREATED = declare_event("roadmap.policy.created", gettext_lazy("Policy created"))
EDITED = declare_event("roadmap.policy.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("roadmap.policy.archived", gettext_lazy("Archived"))


def create_policy(
    *,
    uid: UUID,
    values: dict[str, Any],
    hurdles: Iterable[Hurdle] = (),
    common_hurdles: Iterable[CommonHurdle] = (),
    by: Any,
) -> Policy:
    """A new draft with the hurdles that it is to resolve; it gets its number when it goes under consideration.

    Raises IntegrityError for a second record of the same uid.
    """
    require(by, "roadmap.create_policy")
    wanted = ready(hurdles)
    with act(CREATED, by=by):
        policy = Policy.objects.create(uid=uid, status_since=clock.today(), **values)
        add_links(policy, wanted, list(common_hurdles))
        begin_to_watch(policy, [by])
    return policy


def edit_policy(*, policy: Policy, version: int, values: dict[str, Any], by: Any) -> Policy:
    """Changes what the policy says. Raises StaleVersion where somebody saved in the meantime."""
    ACTS.check("edit", policy, by=by)
    planned = values.get("in_force_on")
    if planned and policy.status == PolicyStatus.DECIDED and policy.status_since and planned < policy.status_since:
        raise Unmet(_("It cannot be in force before it was decided."))
    for name, value in values.items():
        setattr(policy, name, value)
    with act(EDITED, by=by):
        save_version(policy, version=version, changes={**values, "search_key": policy.make_search_key()})
    return policy


def archive_policy(*, policy: Policy, reason: str, by: Any) -> Policy:
    """Lays a draft, or what was withdrawn, aside with a reason. Nothing is deleted."""
    ACTS.check("archive", policy, by=by, data={"reason": reason})
    with act(ARCHIVED, by=by, reason=reason):
        save_version(policy, version=policy.version, changes={"archived_at": clock.now()})
    return policy
