"""The parts of the introduction plan 導入計画書, and what is still missing before it is handed in.

What a plan asks is what pre-screening rules of cities ask for before the request (domain facts §1.7): the present
state, what is abolished, merged or simplified first, content, costs, sources, effect, schedule, who does it.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import PlanKind
from apps.budget.models import IntroductionPlan


@dataclass(frozen=True)
class Part:
    """One part of the paper: its key, its heading, and the fields that it holds."""

    key: str
    title: Any
    fields: tuple[str, ...]


PRESENT_SYSTEM = Part("system", gettext_lazy("Present system"), ("current_system", "current_until", "current_yearly_k"))
PARTS = (
    Part("problem", gettext_lazy("Present state and problem"), ("problem",)),
    Part("first", gettext_lazy("What is abolished, merged or simplified first"), ("simplified_first",)),
    Part("content", gettext_lazy("What is introduced"), ("content",)),
    Part("ways", gettext_lazy("Other ways that were compared"), ("alternatives",)),
    PRESENT_SYSTEM,
    Part("money", gettext_lazy("Cost and sources of money"), ("initial_k", "running_k", "money_words")),
    Part("effect", gettext_lazy("Effect"), ("hours_saved", "citizen_effect")),
    Part("schedule", gettext_lazy("Schedule and procurement"), ("schedule", "procurement")),
    Part("staffing", gettext_lazy("Who carries it out"), ("staffing",)),
    Part("security", gettext_lazy("Security and personal data"), ("security",)),
    Part("standards", gettext_lazy("Standard systems and linked data"), ("standards",)),
)
MANDATORY = (
    "problem",
    "simplified_first",
    "content",
    "initial_k",
    "running_k",
    "money_words",
    "schedule",
    "staffing",
    "security",
)


def is_renewal(plan: IntroductionPlan) -> bool:
    """A renewal or a continuation 更改・継続: it names the present system, and no hurdle has to ask for it."""
    return plan.kind in {PlanKind.RENEWAL, PlanKind.CONTINUATION}


def parts_shown(plan: IntroductionPlan) -> list[Part]:
    """The parts in their order; that of the present system where there is one, or must be."""
    has_system = is_renewal(plan) or any(not _is_empty(plan, name) for name in PRESENT_SYSTEM.fields)
    return [part for part in PARTS if part is not PRESENT_SYSTEM or has_system]


def missing_in(plan: IntroductionPlan) -> list[str]:
    """What must be there before the plan is handed in and is not, in the words of the form."""
    names = (*MANDATORY, *PRESENT_SYSTEM.fields) if is_renewal(plan) else MANDATORY
    missing = [label_of(name) for name in names if _is_empty(plan, name)]
    if plan.hours_saved is None and not plan.citizen_effect.strip():
        missing.append(_("Effect (hours or citizens)"))
    if not is_renewal(plan) and not plan.hurdle_links.all():
        missing.append(_("A hurdle that it clears"))
    return missing


def label_of(name: str) -> str:
    """The words for a field of the plan."""
    field: Any = IntroductionPlan._meta.get_field(name)
    return str(field.verbose_name)


def _is_empty(plan: IntroductionPlan, name: str) -> bool:
    value = getattr(plan, name)
    return value is None or (isinstance(value, str) and not value.strip())
