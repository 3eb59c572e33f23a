"""Hurdles and what bundles them can be commented on, watched, and given files."""

from django.utils.translation import gettext_lazy as _

from apps.core.record_kinds import RecordKind, record_kinds
from apps.hurdles.selectors import common_hurdles, solved_cases, visible_to
from apps.organization.permissions import is_staff_member

record_kinds.add(
    RecordKind("hurdles.hurdle", _("Hurdle"), visible_to, lambda user, _record: is_staff_member(user)),
)
record_kinds.add(
    RecordKind("hurdles.commonhurdle", _("Common hurdle"), common_hurdles, lambda user, _record: is_staff_member(user)),
)
record_kinds.add(
    RecordKind("hurdles.solvedcase", _("Solved case"), solved_cases, lambda user, _record: is_staff_member(user)),
)
