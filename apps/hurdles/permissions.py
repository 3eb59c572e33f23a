"""Who may do what with a hurdle."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.hurdles.choices import HurdleStatus
from apps.organization.permissions import (
    holds_any_role,
    is_secretariat,
    is_staff_member,
)


@rules.predicate
def is_of_reporting_unit(user: Any, hurdle: Any) -> bool:
    return hurdle.reporting_unit_id in user.unit_ids


@rules.predicate
def is_of_owning_unit(user: Any, hurdle: Any) -> bool:
    return hurdle.owning_unit_id is not None and hurdle.owning_unit_id in user.unit_ids


@rules.predicate
def is_draft(_user: Any, hurdle: Any) -> bool:
    return bool(hurdle.status == HurdleStatus.DRAFT)


@rules.predicate
def is_closed(_user: Any, hurdle: Any) -> bool:
    return bool(hurdle.is_closed)


works_here = is_staff_member & (is_of_reporting_unit | is_of_owning_unit)

allow("hurdles.view_hurdles", holds_any_role, _("All staff see the list; each sees the hurdles open to them."))
allow("hurdles.view_hurdle", holds_any_role, _("All staff see the hurdles that are open to them."))
allow(
    "hurdles.view_common_hurdles",
    holds_any_role,
    _("All staff see the common hurdles; of what they bundle, each sees the hurdles open to them."),
)
allow("hurdles.view_solved_cases", holds_any_role, _("All staff see how hurdles were solved."))
allow(
    "hurdles.log_hurdle",
    is_staff_member,
    _("All staff log hurdles; auditors and administrators change nothing."),
)
allow(
    "hurdles.edit_hurdle",
    is_secretariat | (is_draft & is_staff_member & is_of_reporting_unit) | (~is_draft & ~is_closed & works_here),
    _("The reporting unit, the owning unit and the secretariat change a hurdle; a closed one only the secretariat."),
)
allow(
    "hurdles.submit_hurdle",
    is_secretariat | (is_staff_member & is_of_reporting_unit),
    _("The reporting unit and the secretariat submit a hurdle."),
)
allow("hurdles.organize_hurdle", is_secretariat, _("The secretariat takes a hurdle up."))
allow("hurdles.return_hurdle", is_secretariat, _("The secretariat returns a hurdle with a question."))
allow(
    "hurdles.view_reporter",
    is_secretariat | is_of_reporting_unit,
    _("The reporting unit and the secretariat see the reporter's name."),
)
