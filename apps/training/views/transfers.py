"""Known transfers: for the personnel section alone. Everybody else is told that there is no such page."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.lists.tokens import StandardSearch
from apps.core.pages import CreatePage, Facts, RecordVerbPage
from apps.core.pages.base import Crumbs, Page
from apps.core.permissions import permitted
from apps.training.filters import TransferFilter
from apps.training.forms.transfers import TransferForm, WithdrawTransferForm
from apps.training.models import KnownTransfer
from apps.training.selectors.transfers import transfer_list, transfers_visible_to
from apps.training.services.transfers import record_transfer, withdraw_transfer
from apps.training.tables import TransferTable
from apps.training.views.crumbs import crumbs
from apps.training.views.lists import TrainingList

SECRET = gettext_lazy("Confidentiality 3 (personnel section alone)")


class TransferPage(Page):
    """Not even that there is such a page is told to others."""

    classification = SECRET

    def load(self) -> None:
        if not permitted(self.request.user, "training.view_transfers"):
            raise Http404
        super().load()


class TransferList(TransferPage, TrainingList):
    permission = "training.view_transfers"
    title = gettext_lazy("Known transfers")
    template_name = "training/transfer_list.html"
    table_class = TransferTable
    filterset_class = TransferFilter
    file_name = "known-transfers"
    empty_title = gettext_lazy("No transfer is known.")
    empty_text = gettext_lazy("Record one as soon as it is known: the gap then shows what it means.")

    def get_queryset(self) -> QuerySet[KnownTransfer]:
        return transfer_list(self.request.user)

    def standard_searches(self) -> list[StandardSearch]:
        return [
            StandardSearch("ahead", gettext_lazy("Still ahead"), {"ahead": "yes"}),
            StandardSearch("leaving", gettext_lazy("Leaving the city"), {"kind": "leaving"}),
        ]

    def actions(self) -> list[dict[str, Any]]:
        return [{"label": _("Record a transfer"), "url": reverse("training:transfer-record"), "primary": True}]


class TransferRecord(TransferPage, CreatePage):
    permission = "training.record_transfer"
    title = gettext_lazy("Record a known transfer")
    template_name = "components/verb_page.html"
    form_class = TransferForm

    def crumbs(self) -> Crumbs:
        return transfer_crumbs(self.title)

    def form_arguments(self) -> dict[str, Any]:
        arguments = super().form_arguments()
        arguments["initial"]["person"] = self.request.GET.get("person", "")
        return arguments

    def existing(self, uid: UUID) -> KnownTransfer | None:
        return KnownTransfer.objects.filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        transfer = record_transfer(uid=form.cleaned_data["uid"], by=self.request.user, **form.values())
        return self.go(transfer, _("The transfer is recorded. The personnel section alone sees it."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("training:transfer-list")
        return super().get_context_data(verb_label=_("Record a transfer"), back_url=back, record="", **kwargs)


class TransferWithdraw(TransferPage, RecordVerbPage):
    permission = "training.withdraw_transfer"
    verb_label = gettext_lazy("Take the transfer back")
    form_class = WithdrawTransferForm

    def get_queryset(self) -> QuerySet[KnownTransfer]:
        return transfers_visible_to(self.request.user).select_related("person__unit", "to_unit")

    def crumbs(self) -> Crumbs:
        return transfer_crumbs(self.get_title())

    def facts(self) -> Facts:
        transfer: KnownTransfer = self.record
        return [
            (_("Employee"), transfer.person.introduction),
            (_("Takes effect on"), wareki.format_date(transfer.effective_on)),
            (transfer.get_kind_display(), transfer.to_unit or "－"),
        ]

    def done(self, form: Any) -> HttpResponse:
        return self.go(withdraw_transfer(transfer=self.record, **self.said(form)), _("The transfer is taken back."))


def transfer_crumbs(title: Any) -> Crumbs:
    """The way to a page behind the list of transfers."""
    return crumbs((_("Known transfers"), reverse("training:transfer-list")), (title, None))
