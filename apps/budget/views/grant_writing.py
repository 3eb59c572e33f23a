"""Pages on which calls are entered, changed, announced, closed, continued and laid aside."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.grants import AnnounceForm, ContinueForm, GrantForm, GrantReasonForm
from apps.budget.models import GrantProgramme
from apps.budget.selectors import grant_detail
from apps.budget.selectors.riding import riding
from apps.budget.services.grant_windows import announce_grant, close_grant, continue_grant
from apps.budget.services.grants import archive_grant, contract_warning, create_grant, edit_grant
from apps.budget.views.crumbs import budget_crumbs
from apps.core import wareki
from apps.core.pages import CreatePage, EditPage, Facts, RecordVerbPage
from apps.core.pages.base import Crumbs


def grant_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return budget_crumbs((_("Grant programmes"), reverse("budget:grant-list")), *further)


class GrantCreate(CreatePage):
    permission = "budget.create_grant"
    title = gettext_lazy("Enter a grant programme")
    template_name = "budget/grant_form.html"
    form_class = GrantForm

    def crumbs(self) -> Crumbs:
        return grant_crumbs((_("New"), None))

    def existing(self, uid: UUID) -> GrantProgramme | None:
        return GrantProgramme.objects.filter(uid=uid, archived_at__isnull=True).first()

    def create(self, form: Any) -> HttpResponse:
        grant = create_grant(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        _warn(self.request, grant)
        return self.go(grant, _("Entered as %(number)s.") % {"number": grant.number})


class GrantPage:
    """What the pages about one call share."""

    request: Any
    record: Any
    verb_label: ClassVar[Any] = ""

    def get_queryset(self) -> QuerySet[Any]:
        return grant_detail()

    def crumbs(self) -> Crumbs:
        return grant_crumbs((self.record.name, self.record.get_absolute_url()), (self.verb_label, None))


def _warn(request: Any, grant: GrantProgramme) -> None:
    if words := contract_warning(grant):
        messages.warning(request, words)


class GrantEdit(GrantPage, EditPage):
    permission = "budget.edit_grant"
    template_name = "budget/grant_form.html"
    form_class = GrantForm
    verb_label = gettext_lazy("Edit")

    def save(self, form: Any) -> HttpResponse:
        grant = edit_grant(grant=self.record, **self.said(form))
        _warn(self.request, grant)
        return self.go(grant, _("Saved."))


class GrantVerb(GrantPage, RecordVerbPage):
    """One verb."""


class GrantAnnounce(GrantVerb):
    """The real days; the form shows those that were assumed, to be corrected."""

    permission = "budget.announce_grant"
    verb_label = gettext_lazy("Announce the days")
    form_class = AnnounceForm

    def facts(self) -> Facts:
        window = self.record.get_window_display()
        checked = wareki.format_date(self.record.checked_on) if self.record.checked_on else "－"
        count = riding(self.record).count()
        return [(_("Dates are"), window), (_("Checked on"), checked), (_("Proposals that count on it"), str(count))]

    def done(self, form: Any) -> HttpResponse:
        grant = announce_grant(
            grant=self.record,
            version=form.cleaned_data["version"] or 0,
            values=form.days(),
            source=form.cleaned_data["source"],
            by=self.request.user,
        )
        _warn(self.request, grant)
        if not riding(grant).exists():
            return self.go(grant, _("The days are announced. No proposal counts on it yet."))
        return self.go(grant, _("The days are announced. The units whose proposals count on it are told."))


class GrantClose(GrantVerb):
    permission = "budget.announce_grant"
    verb_label = gettext_lazy("Close")
    form_class = GrantReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(close_grant(grant=self.record, **self.said(form)), _("The call is closed."))


class GrantArchive(GrantVerb):
    permission = "budget.archive_grant"
    verb_label = gettext_lazy("Archive")
    form_class = GrantReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_grant(grant=self.record, reason=form.cleaned_data["reason"], by=self.request.user)
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("budget:grant-list"))


class GrantContinue(GrantVerb):
    """The call of the next year; the form carries its uid, so that two clicks enter one."""

    permission = "budget.create_grant"
    verb_label = gettext_lazy("Enter the next call")
    form_class = ContinueForm

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        form.initial.setdefault("uid", uuid4())
        return super().show(form, status=status)

    def facts(self) -> Facts:
        words = _("Each day is assumed a year later, on a working day, and checked today. The rest is taken over.")
        return [(_("What it takes over"), words)]

    def done(self, form: Any) -> HttpResponse:
        uid = form.cleaned_data["uid"] or uuid4()
        grant = continue_grant(grant=self.record, uid=uid, name=form.cleaned_data["name"], by=self.request.user)
        return self.go(grant, _("Entered as %(number)s.") % {"number": grant.number})
