"""What of the budget can be commented on, watched, and given files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.budget.selectors import visible_intents, visible_plans, visible_to
from apps.budget.selectors.grants import grants_visible_to
from apps.core.record_kinds import RecordKind, record_kinds
from apps.organization.permissions import is_secretariat, is_staff_member


def _may_write(user: Any, _record: Any) -> bool:
    return is_staff_member(user)


record_kinds.add(
    RecordKind("budget.proposal", _("Budget proposal"), visible_to, _may_write, may_tidy=is_secretariat),
)
record_kinds.add(
    RecordKind("budget.grantprogramme", _("Grant programme"), grants_visible_to, _may_write, may_tidy=is_secretariat),
)
record_kinds.add(
    RecordKind("budget.introductionplan", _("Introduction plan"), visible_plans, _may_write, may_tidy=is_secretariat),
)
record_kinds.add(
    RecordKind("budget.intent", _("Intent"), visible_intents, _may_write, may_tidy=is_secretariat),
)
