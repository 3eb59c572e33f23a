"""Talent profiles: the list and the page of one."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.menu import Act, as_buttons
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.training import selectors
from apps.training.filters import ProfileFilter
from apps.training.models import TalentProfile
from apps.training.selectors.headcounts import groups_to_add
from apps.training.selectors.profiles import (
    current_standard,
    outdated_versions,
    people_on_the_way,
    profile_detail,
    profile_list,
)
from apps.training.tables import ProfileTable
from apps.training.views.crumbs import profile_crumbs
from apps.training.views.lists import TrainingList

PROFILE_PARTS = ("role_links", "skill_links", "headcounts")
# In this order in the page's head: verb, permission, label, page.
ACTS: tuple[tuple[str, str, Any, str], ...] = (
    ("edit", "training.edit_profile", gettext_lazy("Edit"), "profile-edit"),
    ("headcounts", "training.set_headcounts", gettext_lazy("Set headcounts"), "profile-headcounts"),
    ("count", "training.count_people", gettext_lazy("Count people one by one"), "profile-count"),
    ("archive", "training.archive_profile", gettext_lazy("Archive"), "profile-archive"),
)
BUTTONS = 3


def profile_menu(profile: TalentProfile, user: Any) -> dict[str, Any]:
    """The buttons, and the rest below "other acts"."""
    acts = [
        Act(verb, label, reverse(f"training:{page}", args=[profile.uid]))
        for verb, permission, label, page in ACTS
        if permitted(user, permission, profile)
    ]
    rest = acts[BUTTONS:]
    groups = [(_("Ending it"), rest)] if rest else []
    return {"buttons": as_buttons(acts[:BUTTONS], primary=("edit",)), "groups": groups, "others": []}


class ProfileList(TrainingList):
    permission = "training.view_profiles"
    title = gettext_lazy("Talent profiles")
    table_class = ProfileTable
    filterset_class = ProfileFilter
    file_name = "talent-profiles"
    empty_title = gettext_lazy("No talent profile matches.")

    def get_queryset(self) -> QuerySet[TalentProfile]:
        return profile_list(self.request.user)

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "training.create_profile"):
            return []
        return [{"label": _("Make a talent profile"), "url": reverse("training:profile-create"), "primary": True}]


class ProfileDetail(DetailPage):
    """Which people are these, what can they do, and how many of them are there?"""

    permission = "training.view_profiles"
    template_name = "training/profile_detail.html"

    def get_queryset(self) -> QuerySet[TalentProfile]:
        return profile_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return profile_crumbs((self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        profile, user = self.record, self.request.user
        courses = selectors.course_list(user).filter(profile=profile)
        plans = selectors.plan_list(user).filter(profile_links__profile=profile)
        return super().get_context_data(
            menu=profile_menu(profile, user),
            gaps=selectors.gaps_of_profile(profile),
            standard=current_standard(),
            outdated=outdated_versions(profile),
            people=people_on_the_way(profile),
            courses=courses.order_by("-fiscal_year", "pk"),
            plans=plans.order_by("-from_year", "pk"),
            may_set=permitted(user, "training.set_headcounts", profile),
            groups_to_add=groups_to_add(profile),
            entries=entries_of(profile, parts=PROFILE_PARTS),
            panels=panels_for("training:profile-detail", profile, user),
            **kwargs,
        )
