"""The city's own forms of the budget request: list, upload with check, what they hold, filled."""

import uuid
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports.city_form import fill_form, fill_forms, form_name
from apps.budget.forms.request_forms import RequestFormUploadForm
from apps.budget.models import Proposal, RequestForm
from apps.budget.selectors.form_words import GROUPS, WORDS
from apps.budget.selectors.proposals import proposal_detail, visible_to
from apps.budget.selectors.request_forms import MOST_FORMS, fillings_of, forms_in_use
from apps.budget.selectors.requests import in_book_order, request_of, years_to_choose
from apps.budget.services.request_forms import archive_form, check_form, upload_form
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.year_pages import asked_year
from apps.core.files import FileRefused, disposition
from apps.core.pages import CreatePage, DetailPage, Page, VerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.readers import WorkbookRefused
from apps.core.wareki import WarekiError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = gettext_lazy("Forms of the city")


def _words() -> list[tuple[Any, list[Any]]]:
    """The placeholders by group, for the page that explains them."""
    heads = {"": _("One value"), **{key: f"{name}: {words}" for key, (name, words) in GROUPS.items()}}
    return [(label, [word for word in WORDS if word.group == key]) for key, label in heads.items()]


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = disposition(name, plain=f"request-form{PurePath(name).suffix}")
    return response


def refused(request: HttpRequest, words: str, form: RequestForm) -> HttpResponse:
    """What the address asks for and there is not, in words."""
    return render(request, "400.html", {"reason": words, "back_url": form.get_absolute_url()}, status=400)


class RequestFormList(Page):
    """Which forms does the city have?"""

    permission = "budget.view_forms"
    title = TITLE
    template_name = "budget/form_list.html"

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = permitted(self.request.user, "budget.upload_form")
        return super().get_context_data(forms=forms_in_use(), may_upload=may, proposal=self.proposal(), **kwargs)

    def proposal(self) -> Proposal | None:
        """The proposal from whose page one comes, with which each form can be filled at once."""
        asked = self.request.GET.get("proposal", "")
        found = Proposal.at_address(visible_to(self.request.user), asked).first() if asked else None
        if asked and found is None:
            raise Http404
        return found


class RequestFormUpload(CreatePage):
    """Takes a form, after every cell of it was checked."""

    permission = "budget.upload_form"
    title = gettext_lazy("Upload a form")
    template_name = "budget/form_upload.html"
    form_class = RequestFormUploadForm

    def crumbs(self) -> Crumbs:
        return budget_crumbs((TITLE, reverse("budget:form-list")), (self.title, None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = RequestFormUploadForm(request.POST, files=request.FILES, **self.form_arguments())
        return self.done(form) if form.is_valid() else self.show(form, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=_words(), **kwargs)

    def existing(self, uid: uuid.UUID) -> Any:
        return RequestForm.objects.filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        values, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            made, checked = upload_form(
                uid=values["uid"],
                name=values["name"],
                from_year=values["from_year"],
                file_name=file.name,
                content=file.read(),
                by=self.request.user,
            )
        except (WorkbookRefused, FileRefused) as refusal:
            form.add_error("file", str(refusal))
            return self.show(form, status=422)
        if made is None:
            context = self.get_context_data(form=form, faults=checked.faults, file_name=file.name)
            return self.render_to_response(context, status=422)
        return self.go(made, _("The form is checked and stored."))


class RequestFormPage(DetailPage):
    """What the pages about one form share."""

    def get_queryset(self) -> QuerySet[RequestForm]:
        return forms_in_use().defer(None)

    def crumbs(self) -> Crumbs:
        return budget_crumbs((TITLE, reverse("budget:form-list")), (self.get_title(), None))


class RequestFormDetail(RequestFormPage):
    """What does this form hold, and for what can it be filled?"""

    permission = "budget.view_forms"
    template_name = "budget/form_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("file"):
            return _download(bytes(self.record.content), self.record.file_name, XLSX)
        try:
            self.year = asked_year(request)
        except WarekiError as error:
            return refused(request, str(error), self.record)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, year = self.request.user, self.year
        proposals = list(request_of(year, user).select_related("requesting_unit")[: MOST_FORMS + 1])
        units = {proposal.requesting_unit.code: proposal.requesting_unit for proposal in proposals}
        return super().get_context_data(
            checked=check_form(bytes(self.record.content)),
            year=year,
            years=years_to_choose(),
            proposals=proposals[:MOST_FORMS],
            units=list(units.values()),
            may_archive=permitted(user, "budget.archive_form", self.record),
            **kwargs,
        )


class RequestFormArchive(RequestFormPage, VerbPage):
    permission = "budget.archive_form"
    verb_label = gettext_lazy("Archive the form")

    def get_title(self) -> Any:
        return self.verb_label

    def done(self, form: Any) -> HttpResponse:
        archive_form(form=self.record, by=self.request.user)
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("budget:form-list"))


class RequestFormFill(RequestFormPage):
    """The form with one proposal, or an archive with one for each proposal of a section or a year."""

    permission = "budget.fill_form"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            proposals = self.proposals()
        except WarekiError as error:
            return refused(request, str(error), self.record)
        fillings = fillings_of(proposals, request.user)
        if not fillings:
            raise Http404
        if len(fillings) > MOST_FORMS:
            words = _("These are more than %(most)d proposals: take the forms section by section.")
            return refused(request, words % {"most": MOST_FORMS}, self.record)
        content = bytes(self.record.content)
        if request.GET.get("proposal"):
            return _download(fill_form(content, fillings[0]), form_name(fillings[0]), XLSX)
        return _download(fill_forms(content, fillings), f"{self.record.name}.zip", "application/zip")

    def proposals(self) -> QuerySet[Any]:
        """What the address asks for, of what this person sees."""
        query, user = self.request.GET, self.request.user
        if asked := query.get("proposal"):
            return Proposal.at_address(proposal_detail(user), asked)
        rows = request_of(asked_year(self.request), user)
        if unit := query.get("unit"):
            rows = rows.filter(requesting_unit__code=unit)
        return in_book_order(rows)
