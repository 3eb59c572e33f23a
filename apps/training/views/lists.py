"""What the lists of the training have in common."""

from django.utils.translation import gettext_lazy

from apps.core.pages import ListPage
from apps.core.pages.base import Crumbs
from apps.training.views.crumbs import crumbs


class TrainingList(ListPage):
    template_name = "training/record_list.html"
    empty_text = gettext_lazy("Take a filter away.")

    def crumbs(self) -> Crumbs:
        return crumbs((self.title, None))
