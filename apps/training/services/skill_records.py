"""Levels of skills that people have reached, as the personnel section judges; those of courses come by themselves."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.organization.models import User
from apps.training.models import Skill, SkillRecord
from apps.training.services.candidates import check_works_here

RECORDED = declare_event("training.skill.recorded", gettext_lazy("Skill recorded"))
WITHDRAWN = declare_event("training.skill.withdrawn", gettext_lazy("Skill taken back"))


def record_skill(*, person: User, skill: Skill, level: int, reached_on: date, by: Any, note: str = "") -> SkillRecord:
    """The person has reached this level. Recording a level twice keeps what was there."""
    require(by, "training.record_skill", person)
    check_works_here(person)
    if reached_on > clock.today():
        raise Unmet(_("The day cannot be in the future."))
    with act(RECORDED, by=by):
        found, _made = SkillRecord.objects.get_or_create(
            person=person, skill=skill, level=level, defaults={"reached_on": reached_on, "note": note}
        )
    return found


def withdraw_skill(*, record: SkillRecord, reason: str, by: Any) -> None:
    """It was recorded by mistake; the history keeps that it was there, and why it went."""
    require(by, "training.withdraw_skill", record.person)
    if not reason.strip():
        raise Unmet(_("Say why."))
    with act(WITHDRAWN, by=by, reason=reason):
        SkillRecord.objects.filter(pk=record.pk).delete()
