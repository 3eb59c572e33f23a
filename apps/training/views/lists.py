"""What the lists of the training have in common."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core import money
from apps.core.pages import ListPage
from apps.core.pages.base import Crumbs
from apps.training.views.crumbs import crumbs


class TrainingList(ListPage):
    template_name = "training/record_list.html"
    empty_text = gettext_lazy("Take a filter away.")

    def crumbs(self) -> Crumbs:
        return crumbs((self.title, None))


def completed_in_all(rows: QuerySet[Any], numbers: str, hidden: Q) -> list[str]:
    """How many people completed these, and how many of the rows have a number that is hidden and so not in the sum."""
    found = rows.order_by().aggregate(people=Sum(numbers), left_out=Count("pk", filter=hidden))
    words = _("Completed in all: %(people)s people") % {"people": money.number(found["people"] or 0)}
    if found["left_out"]:
        left_out = ngettext(
            "%(count)s with fewer than 5 people is not in it",
            "%(count)s with fewer than 5 people are not in it",
            found["left_out"],
        )
        return [words, left_out % {"count": money.number(found["left_out"])}]
    return [words]
