"""Talent profiles: which people the city wants to have, what they can do, and from when on they are counted."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.training.choices import PlanStatus
from apps.training.models import ProfileSkill, ProfileSkillRole, TalentProfile, TrainingPlan

CREATED = declare_event("training.profile.created", gettext_lazy("Talent profile made"))
EDITED = declare_event("training.profile.edited", gettext_lazy("Changed"))
COUNTED = declare_event("training.profile.counted", gettext_lazy("Counted from people"))
ESTIMATED = declare_event("training.profile.estimated", gettext_lazy("Estimated again"))
ARCHIVED = declare_event("training.profile.archived", gettext_lazy("Archived"))

# What is no field of the profile itself: the roles, and the levels by skill.
PARTS = ("roles", "skills")
# No people were counted before; a mistyped year would have no fiscal year.
EARLIEST = 2000


def create_profile(*, uid: UUID, values: dict[str, Any], by: Any) -> TalentProfile:
    """A profile at the end of the table. Raises IntegrityError for a second record of the same uid."""
    require(by, "training.create_profile")
    _refuse_known_code(values["code"])
    fields = {name: value for name, value in values.items() if name not in PARTS}
    with act(CREATED, by=by):
        last = TalentProfile.objects.aggregate(last=Max("order"))["last"] or 0
        profile = TalentProfile.objects.create(uid=uid, order=last + 1, **fields)
        _sync_parts(profile, values)
    return profile


def _refuse_known_code(code: str) -> None:
    if TalentProfile.objects.filter(code=code).exists():
        raise Unmet(_("Another talent profile has the code “%(code)s”.") % {"code": code})


def edit_profile(*, profile: TalentProfile, version: int, values: dict[str, Any], by: Any) -> TalentProfile:
    """Changes what it says. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "training.edit_profile", profile)
    fields = {name: value for name, value in values.items() if name not in (*PARTS, "code")}
    with act(EDITED, by=by):
        save_version(profile, version=version, changes=fields)
        _sync_parts(profile, values)
    return profile


def _sync_parts(profile: TalentProfile, values: dict[str, Any]) -> None:
    if "roles" in values:
        _sync_roles(profile, {role.pk for role in values["roles"]})
    if "skills" in values:
        _sync_skills(profile, {skill.pk: level for skill, level in values["skills"].items()})


def _sync_roles(profile: TalentProfile, wanted: Collection[int]) -> None:
    links = ProfileSkillRole.objects.filter(profile=profile)
    present = set(links.order_by().values_list("role", flat=True))
    links.filter(role__in=present - set(wanted)).delete()
    for role in sorted(set(wanted) - present):
        ProfileSkillRole.objects.create(profile=profile, role_id=role)


def _sync_skills(profile: TalentProfile, wanted: Mapping[int, int]) -> None:
    """A changed level changes its row, so that the history says from which level to which."""
    rows = {row.skill_id: row for row in ProfileSkill.objects.filter(profile=profile)}
    ProfileSkill.objects.filter(profile=profile, skill__in=rows.keys() - wanted.keys()).delete()
    for skill, level in sorted(wanted.items()):
        if skill not in rows:
            ProfileSkill.objects.create(profile=profile, skill_id=skill, level=level)
        elif rows[skill].level != level:
            rows[skill].level = level
            rows[skill].save(update_fields=["level"])


def count_people(
    *, profile: TalentProfile, counted_from: date | None, by: Any, version: int, reason: str = ""
) -> TalentProfile:
    """From the fiscal year of the day on, people are counted one by one; without a day the estimates stand again."""
    require(by, "training.count_people", profile)
    if counted_from and counted_from > clock.today():
        raise Unmet(_("People are counted from a day that has come."))
    if counted_from and counted_from.year < EARLIEST:
        raise Unmet(_("This year is too far away."))
    if counted_from is None and not reason.strip():
        raise Unmet(_("Say why the estimates stand again."))
    with act(COUNTED if counted_from else ESTIMATED, by=by, reason=reason):
        save_version(profile, version=version, changes={"counted_from": counted_from})
    return profile


def archive_profile(*, profile: TalentProfile, reason: str, by: Any, version: int) -> TalentProfile:
    """Lays it aside with a reason; not while a plan in force or in draft trains people for it."""
    require(by, "training.archive_profile", profile)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    with act(ARCHIVED, by=by, reason=reason):
        if plans := _plans_with(profile):
            raise Unmet(
                _("These training plans have it: %(names)s. Take it out of them before you archive it.")
                % {"names": "、".join(plans)}
            )
        save_version(profile, version=version, changes={"archived_at": clock.now()})
    return profile


def _plans_with(profile: TalentProfile) -> list[str]:
    plans = TrainingPlan.objects.filter(archived_at__isnull=True, profile_links__profile=profile)
    return [str(plan) for plan in plans.exclude(status=PlanStatus.ENDED).order_by("number", "pk")]
