"""What of the roadmap can be commented on, watched, and given files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.record_kinds import RecordKind, record_kinds
from apps.organization.permissions import is_secretariat, is_staff_member
from apps.roadmap.selectors import initiatives_visible_to, policies_visible_to, visions_visible_to


def _may_write(user: Any, _record: Any) -> bool:
    return is_staff_member(user)


record_kinds.add(
    RecordKind("roadmap.initiative", _("Initiative"), initiatives_visible_to, _may_write, may_tidy=is_secretariat),
)
record_kinds.add(
    RecordKind("roadmap.policy", _("Policy"), policies_visible_to, _may_write, may_tidy=is_secretariat),
)
record_kinds.add(
    RecordKind("roadmap.vision", _("Vision"), visions_visible_to, _may_write, may_tidy=is_secretariat),
)
