"""The text of a policy grows by versions: what was written is never changed, only followed."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.roadmap.models import Policy, PolicyVersion
from apps.roadmap.services.policy_flow import ACTS
from apps.roadmap.services.policy_telling import tell_of

WRITTEN = declare_event("roadmap.policy.text_written", gettext_lazy("New version of the text"))


def write_policy_text(
    *, policy: Policy, text: str, by: Any, reason: str = "", version: int | None = None
) -> PolicyVersion:
    """The next version of the text, of today; from the second on it says why the text changes.

    `version` is that of the policy which the writer saw: StaleVersion where somebody wrote in the meantime.
    """
    ACTS.check("write_text", policy, by=by, data={"text": text})
    newest = policy.versions.order_by("-version").first()
    if newest and not reason.strip():
        raise Unmet(_("Say why the text changes."))
    if newest and newest.text.strip() == text.strip():
        raise Unmet(_("The text is the same as that of version %(number)s.") % {"number": newest.version})
    with act(WRITTEN, by=by, reason=reason):
        save_version(policy, version=policy.version if version is None else version, changes={})
        number = (policy.versions.aggregate(last=Max("version"))["last"] or 0) + 1
        written = PolicyVersion.objects.create(
            policy=policy, version=number, date=clock.today(), text=text, reason=reason
        )
        tell_of("write_text", policy, event=WRITTEN, by=by)
    return written
