"""Pages on which a section says how a hurdle was solved, and others that they do it, too."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.pages import CreatePage, EditPage, VerbPage
from apps.core.pages.base import Crumbs
from apps.hurdles.forms import AdoptionForm, SolvedCaseForm, WithdrawForm
from apps.hurdles.models import Hurdle, SolvedCase
from apps.hurdles.selectors import solved_case_detail, solved_cases, visible_to
from apps.hurdles.services import adopt_solved_case, edit_solved_case, record_solved_case, withdraw_adoption
from apps.hurdles.views.crumbs import hurdle_crumbs
from apps.organization.models import Unit

LIST_TITLE = gettext_lazy("Solved cases")


class SolvedCaseRecord(CreatePage):
    """From a resolved hurdle's page: what was done."""

    permission = "hurdles.record_solved_case"
    title = gettext_lazy("Record how it was solved")
    template_name = "hurdles/solved_case_form.html"
    form_class = SolvedCaseForm
    hurdle: Hurdle

    def load(self) -> None:
        hurdle = Hurdle.at_address(visible_to(self.request.user), self.kwargs["address"]).first()
        if hurdle is None:
            raise Http404
        self.hurdle = hurdle

    def permission_subject(self) -> Any:
        return self.hurdle

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((self.hurdle.number or "", self.hurdle.get_absolute_url()), (self.title, None))

    def form_arguments(self) -> dict[str, Any]:
        arguments = super().form_arguments()
        user: Any = self.request.user
        own = [self.hurdle.owning_unit_id, self.hurdle.reporting_unit_id]
        unit = next((each for each in own if each in user.unit_ids), own[0] or own[1])
        initial = {**arguments["initial"], "unit": unit, "solved_on": clock.today()}
        return {"initial": initial, "hurdle": self.hurdle}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hurdle=self.hurdle, back_url=self.hurdle.get_absolute_url(), **kwargs)

    def existing(self, uid: UUID) -> SolvedCase | None:
        return solved_cases(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        uid = form.cleaned_data["uid"]
        case = record_solved_case(uid=uid, hurdle=self.hurdle, values=form.values(), by=self.request.user)
        return self.go(case, _("Recorded. All staff can read it and do the same."))


class _SolvedCasePage:
    """What the pages about one solved case share."""

    request: Any
    record: Any
    verb_label: ClassVar[Any] = ""

    def get_queryset(self) -> QuerySet[Any]:
        return solved_case_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs(
            (LIST_TITLE, reverse("hurdles:solved-case-list")),
            (self.record.hurdle.title, self.record.get_absolute_url()),
            (self.verb_label, None),
        )


class SolvedCaseEdit(_SolvedCasePage, EditPage):
    permission = "hurdles.edit_solved_case"
    template_name = "hurdles/solved_case_form.html"
    form_class = SolvedCaseForm
    verb_label = gettext_lazy("Edit")

    def get_title(self) -> Any:
        return _("Edit: %(title)s") % {"title": self.record.hurdle.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hurdle=self.record.hurdle, back_url=self.record.get_absolute_url(), **kwargs)

    def save(self, form: Any) -> HttpResponse:
        case = edit_solved_case(case=self.record, **self.said(form))
        return self.go(case, _("Saved."))


class _OfOwnUnit(_SolvedCasePage, VerbPage):
    """What somebody says for the own section."""

    def own_units(self) -> QuerySet[Unit]:
        """The person's own sections for which this can be said."""
        raise NotImplementedError

    def form_arguments(self) -> dict[str, Any]:
        return {"units": self.own_units()}

    def _own(self) -> QuerySet[Unit]:
        return Unit.objects.filter(pk__in=self.request.user.unit_ids).order_by("order", "pk")


class SolvedCaseAdopt(_OfOwnUnit):
    permission = "hurdles.adopt_solved_case"
    form_class = AdoptionForm
    verb_label = gettext_lazy("Our section does it too")

    def own_units(self) -> QuerySet[Unit]:
        return self._own().exclude(pk=self.record.unit_id)

    def form_arguments(self) -> dict[str, Any]:
        """What the section has said already, to put it right; else from today on."""
        arguments = super().form_arguments()
        unit = arguments["units"].filter(pk=self.request.user.unit_id).first() or arguments["units"].first()
        said = next((link for link in self.record.adoption_links.all() if unit and link.unit_id == unit.pk), None)
        initial: dict[str, Any] = {"unit": unit.pk if unit else None, "adopted_on": clock.today()}
        if said:
            initial |= {name: getattr(said, name) for name in ("adopted_on", "note", "hours_saved")}
        return {**arguments, "initial": initial}

    def done(self, form: Any) -> HttpResponse:
        unit = form.cleaned_data["unit"]
        adopt_solved_case(case=self.record, unit=unit, values=form.values(), by=self.request.user)
        return self.go(self.record, _("%(unit)s is among the sections that do it too.") % {"unit": unit})


class SolvedCaseWithdraw(_OfOwnUnit):
    permission = "hurdles.withdraw_adoption"
    form_class = WithdrawForm
    verb_label = gettext_lazy("Our section does it no more")

    def own_units(self) -> QuerySet[Unit]:
        return self._own().filter(pk__in=[link.unit_id for link in self.record.adoption_links.all()])

    def done(self, form: Any) -> HttpResponse:
        unit, reason = form.cleaned_data["unit"], form.cleaned_data["reason"]
        withdraw_adoption(case=self.record, unit=unit, reason=reason, by=self.request.user)
        return self.go(self.record, _("%(unit)s does it no more.") % {"unit": unit})
