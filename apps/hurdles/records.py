"""Hurdles and what bundles them can be commented on, watched, and given files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.record_kinds import RecordKind, record_kinds
from apps.hurdles.selectors import common_hurdles, solved_cases, visible_to
from apps.hurdles.selectors.names import shown_name
from apps.organization.permissions import is_secretariat, is_staff_member


def _may_write(user: Any, _record: Any) -> bool:
    return is_staff_member(user)


record_kinds.add(
    RecordKind("hurdles.hurdle", _("Hurdle"), visible_to, _may_write, may_tidy=is_secretariat, shown_name=shown_name),
)
record_kinds.add(
    RecordKind("hurdles.commonhurdle", _("Common hurdle"), common_hurdles, _may_write, may_tidy=is_secretariat),
)
record_kinds.add(
    RecordKind("hurdles.solvedcase", _("Solved case"), solved_cases, _may_write, may_tidy=is_secretariat),
)
