"""Pages of the units: who is there today, what they were called, and their reorganisations."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.pages import ListPage, Page
from apps.core.pages.base import Crumbs
from apps.core.pages.form import FormPage
from apps.core.permissions import permitted
from apps.organization.choices import Reorganization
from apps.organization.filters.units import UnitFilter
from apps.organization.forms.reorganizing import FORMS
from apps.organization.selectors.units import touched, unit_list, units_of_time
from apps.organization.services import reorganizing
from apps.organization.tables.units import UnitTable
from apps.organization.views.crumbs import crumbs


class UnitList(ListPage):
    permission = "organization.view_units"
    title = gettext_lazy("Units")
    table_class = UnitTable
    filterset_class = UnitFilter
    template_name = "organization/record_list.html"
    file_name = "units"
    empty_title = gettext_lazy("No unit matches.")

    def get_queryset(self) -> QuerySet[Any]:
        """The units of today, unless the address asks for those of another time."""
        units = unit_list(self.request.user)
        return units if self.request.GET.get("when") else units_of_time(units, "today")

    def crumbs(self) -> Crumbs:
        return crumbs((self.title, None))

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "organization.reorganize_units"):
            return []
        return [{"label": _("Enter a reorganisation"), "url": reverse("organization:reorganize"), "primary": True}]


class ReorganizationChoice(Page):
    """What happens to the unit?"""

    permission = "organization.reorganize_units"
    title = gettext_lazy("Enter a reorganisation")
    template_name = "organization/reorganize.html"

    def crumbs(self) -> Crumbs:
        return crumbs((_("Units"), reverse("organization:unit-list")), (self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kinds=[(each, WHAT[each]) for each in Reorganization], **kwargs)


WHAT = {
    Reorganization.RENAME: gettext_lazy("Another name, another code or another department."),
    Reorganization.MERGE: gettext_lazy("Several units become one, new or present."),
    Reorganization.SPLIT: gettext_lazy("One unit becomes several; the first one takes over what was."),
    Reorganization.ABOLISH: gettext_lazy("A unit ends; another one takes over what was."),
    Reorganization.FOUND: gettext_lazy("A unit that continues nobody's work."),
}


class Reorganize(FormPage):
    """The form; then, with the same values, what it touches; then it is written."""

    permission = "organization.reorganize_units"
    template_name = "organization/reorganize_form.html"

    def load(self) -> None:
        if self.kwargs["kind"] not in Reorganization.values:
            raise Http404
        self.kind = Reorganization(self.kwargs["kind"])
        self.form_class = FORMS[self.kind]

    def get_title(self) -> Any:
        return self.kind.label

    def crumbs(self) -> Crumbs:
        return crumbs(
            (_("Units"), reverse("organization:unit-list")),
            (_("Enter a reorganisation"), reverse("organization:reorganize")),
            (self.get_title(), None),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "change" in request.POST:
            return self.show(self.form_class(initial=self._typed()))
        return super().post(request, *args, **kwargs)

    def _typed(self) -> dict[str, Any]:
        """What was typed, once more in the form."""
        names = FORMS[self.kind].base_fields
        return {
            name: self.request.POST.getlist(name) if name == "units" else self.request.POST.get(name)
            for name in names
            if name in self.request.POST
        }

    def done(self, form: Any) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=self.preview(form)))
        self.write(form)
        day = wareki.format_date(form.day_given())
        messages.success(self.request, _("The reorganisation of %(day)s is entered.") % {"day": day})
        return HttpResponseRedirect(reverse("organization:unit-list"))

    def preview(self, form: Any) -> dict[str, Any]:
        """What would end, what would begin, and what hangs on it."""
        ending = form.units_ending()
        following = form.news() or [
            form.cleaned_data[name] for name in ("into", "successor") if form.cleaned_data.get(name)
        ]
        return {
            "day": form.day_given(),
            "ending": ending,
            "following": following,
            "touched": touched(ending, self.request.user) if ending else [],
            "values": [(name, value) for name in form.fields for value in self.request.POST.getlist(name)],
        }

    def write(self, form: Any) -> None:
        data, news = form.cleaned_data, form.news()
        common = {"day": form.day_given(), "reason": data["reason"], "by": self.request.user}
        if self.kind == Reorganization.RENAME:
            reorganizing.rename_unit(unit=data["unit"], new=news[0], **common)
        elif self.kind == Reorganization.MERGE:
            reorganizing.merge_units(units=list(data["units"]), into=data["into"] or news[0], **common)
        elif self.kind == Reorganization.SPLIT:
            reorganizing.split_unit(unit=data["unit"], into=news, **common)
        elif self.kind == Reorganization.ABOLISH:
            reorganizing.abolish_unit(unit=data["unit"], successor=data["successor"], **common)
        else:
            reorganizing.found_unit(new=news[0], **common)
