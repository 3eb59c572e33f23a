"""The people whose records one sees: a manager those of the own unit, the personnel section all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.lists.tokens import StandardSearch
from apps.core.pages.base import Crumbs
from apps.core.tables import Table
from apps.organization.models import User
from apps.training.filters import PeopleFilter
from apps.training.models import TalentProfile
from apps.training.permissions import is_personnel
from apps.training.selectors import people
from apps.training.tables import PeopleTable
from apps.training.views.crumbs import crumbs
from apps.training.views.lists import TrainingList
from apps.training.views.people_acts import PERSONAL, acts_on_people

EVERYWHERE = (
    StandardSearch("candidate", gettext_lazy("Candidates"), {"standing": "candidate"}),
    StandardSearch("recognised", gettext_lazy("Recognised people"), {"standing": "recognised"}),
    StandardSearch("idle", gettext_lazy("Came to nothing this year"), {"idle": "yes"}),
)


class PeopleList(TrainingList):
    permission = "training.view_people"
    template_name = "training/people_list.html"
    table_class = PeopleTable
    filterset_class = PeopleFilter
    file_name = "training-people"
    classification = PERSONAL
    empty_title = gettext_lazy("Nobody is found.")
    empty_text = gettext_lazy("People are found here by the unit in which they sit.")

    def get_title(self) -> Any:
        return _("Staff and their training") if is_personnel(self.request.user) else _("My people")

    def crumbs(self) -> Crumbs:
        return crumbs((self.get_title(), None))

    def get_queryset(self) -> QuerySet[User]:
        return people.person_list(self.request.user)

    @cached_property
    def ready(self) -> list[tuple[TalentProfile, int]]:
        """Whom the personnel section could recognise."""
        return people.ready_counts() if is_personnel(self.request.user) else []

    def standard_searches(self) -> Sequence[StandardSearch]:
        ready = [
            StandardSearch(
                f"ready-{profile.code}",
                _("Has all skills of %(profile)s") % {"profile": profile},
                {"ready": profile.code},
            )
            for profile, _count in self.ready
        ]
        return [*EVERYWHERE, *ready]

    def standard_counts(self) -> Mapping[str, int]:
        ready = {f"ready-{profile.code}": count for profile, count in self.ready}
        return {**people.people_counts(self.request.user), **ready}

    def table(self, rows: Any) -> Table:
        table = super().table(rows)
        table.selects = True
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            bulk_url=reverse("training:people-change"),
            bulk_verbs=acts_on_people(self.request.user),
            sees_all=is_personnel(self.request.user),
            **kwargs,
        )
