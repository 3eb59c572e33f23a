"""The handover: all leavers of a day on one screen, one leaver with every thing, and the paper to sign."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.city.exports.handover import handover_document, paper_rows
from apps.city.selectors.handovers import choices_for, leaver, leavers_with_holdings, usual_day
from apps.city.selectors.leavers import people_seen
from apps.city.services.handover import hand_over
from apps.core import wareki
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted, require
from apps.core.writers.docx import write_docx
from apps.core.writers.pdf import write_pdf

WRITERS: dict[str, tuple[Any, str]] = {
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (write_pdf, "application/pdf"),
}


class UnreadableDay(Exception):
    """The address names no day."""


class HandoverPage(Page):
    """The permission, the day in the address, and the way to all pages of the handover."""

    permission = "city.view_handover"
    title = gettext_lazy("Handover")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except UnreadableDay as refusal:
            context = {"reason": str(refusal), "back_url": reverse("city:handover-list")}
            return render(request, "400.html", context, status=400)

    def load(self) -> None:
        self.day = self.asked_day()

    def asked_day(self) -> date:
        typed = self.request.GET.get("day", "").strip()
        try:
            return wareki.parse_date(typed) if typed else usual_day()
        except wareki.WarekiError as error:
            raise UnreadableDay(str(error)) from error

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = permitted(self.request.user, "city.hand_over")
        return super().get_context_data(day=self.day, query=f"?day={self.day.isoformat()}", may_move=may, **kwargs)


class HandoverList(HandoverPage):
    """Who leaves, and what do they hold?"""

    template_name = "city/handover_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(leavers=leavers_with_holdings(self.day, self.request.user), **kwargs)


class HandoverOfPerson(HandoverPage):
    """A page about one person's handover; whose one may not see answers like nobody."""

    def load(self) -> None:
        super().load()
        person = people_seen(self.request.user).filter(employee_number=self.kwargs["number"]).first()
        if person is None:
            raise Http404
        self.row = leaver(person, self.day, self.request.user)

    def get_title(self) -> Any:
        return _("Handover: %(person)s") % {"person": self.row.person}

    def crumbs(self) -> Crumbs:
        return [
            (_("My work"), reverse("dashboards:my-work")),
            (self.title, f"{reverse('city:handover-list')}?day={self.day.isoformat()}"),
            (self.row.person, None),
        ]


class HandoverDetail(HandoverOfPerson):
    template_name = "city/handover_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            leaver=self.row,
            choices=choices_for(self.row, self.day),
            lines=paper_rows(self.row),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, "city.hand_over")
        known = {person.employee_number: person for person in self.offered()}
        chosen = {item.key: request.POST.get(item.key, "") for item in self.row.waiting}
        to = {key: known[number] for key, number in chosen.items() if number in known}
        hand_over(person=self.row.person, day=self.day, to=to, by=request.user)
        said = _("%(count)d things were handed over.") % {"count": len(to)} if to else _("Nothing was handed over.")
        messages.success(request, said)
        address = reverse("city:handover-detail", args=[self.row.person.employee_number])
        return HttpResponseRedirect(f"{address}?day={self.day.isoformat()}")

    def offered(self) -> list[Any]:
        proposed = [item.proposed for item in self.row.items if item.proposed]
        return [*choices_for(self.row, self.day), *proposed]


class HandoverFile(HandoverOfPerson):
    """The paper as Word or PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.kwargs["kind"] not in WRITERS:
            raise Http404
        write, content_type = WRITERS[self.kwargs["kind"]]
        document = handover_document(self.row, self.day, _("Confidentiality 2 (within the city hall)"))
        response = HttpResponse(write(document), content_type=content_type)
        name = f"handover-{self.row.person.employee_number}-{self.day:%Y%m%d}.{self.kwargs['kind']}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
