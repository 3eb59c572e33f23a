"""The triage: what has come in, the oldest first, one hurdle at a time, by keyboard."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.hurdles.forms import TriageForm
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import received_hurdles, similar_hurdles
from apps.hurdles.services import edit_hurdle, organize_hurdle, return_hurdle
from apps.hurdles.views.crumbs import hurdle_crumbs


class HurdleTriage(Page):
    """`?at=H-2022-0031` is the hurdle that is shown; without it, the oldest."""

    permission = "hurdles.triage_hurdles"
    title = gettext_lazy("Triage")
    template_name = "hurdles/hurdle_triage.html"
    queue: list[str]
    place: int

    def load(self) -> None:
        self.queue = list(received_hurdles(self.request.user).values_list("number", flat=True))  # type: ignore[arg-type]
        at = self.request.GET.get("at", "")
        self.place = self.queue.index(at) if at in self.queue else 0
        self.has_gone = bool(at) and at not in self.queue

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((self.title, None))

    def hurdle(self) -> Hurdle | None:
        if not self.queue:
            return None
        rows = received_hurdles(self.request.user).select_related("reporting_unit", "owning_unit", "category")
        return rows.prefetch_related("themes", "legal_bases__level").get(number=self.queue[self.place])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        hurdle = self.hurdle()
        return self.show(hurdle, TriageForm(record=hurdle) if hurdle else None)

    def show(self, hurdle: Hurdle | None, form: TriageForm | None, status: int = 200) -> HttpResponse:
        similar = similar_hurdles(self.request.user, f"{hurdle.title}\n{hurdle.obstacle}", limit=6) if hurdle else []
        context = self.get_context_data(
            record=hurdle,
            form=form,
            similar=[each for each in similar if hurdle and each.hurdle.pk != hurdle.pk][:5],
            merge_url=reverse("hurdles:hurdle-merge", args=[hurdle.address]) if hurdle else "",
            waiting=len(self.queue),
            place=self.place + 1,
            previous_url=self.address(self.place - 1),
            next_url=self.address(self.place + 1),
        )
        return self.render_to_response(context, status=status)

    def address(self, place: int) -> str:
        """Where the hurdle at this place of the queue is shown; "" outside of it."""
        here = reverse("hurdles:hurdle-triage")
        return f"{here}?at={self.queue[place]}" if 0 <= place < len(self.queue) else ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        hurdle = self.hurdle()
        if hurdle is None or self.has_gone:
            messages.info(request, _("This hurdle has left the queue already. Here is the next one."))
            return HttpResponseRedirect(self.address(0) or reverse("hurdles:hurdle-triage"))
        form = TriageForm(request.POST, record=hurdle)
        if not form.is_valid():
            return self.show(hurdle, form, status=422)
        return self.act(hurdle, form)

    def act(self, hurdle: Hurdle, form: TriageForm) -> HttpResponse:
        try:
            with transaction.atomic():
                said = self.write(hurdle, form)
        except (Unmet, WrongState) as refusal:
            form.add_error("question" if "return" in self.request.POST else None, str(refusal))
            return self.show(hurdle, form, status=422)
        except StaleVersion:
            form.add_error(None, _("Somebody changed this record in the meantime. Look at it, then try again."))
            return self.show(hurdle, form, status=409)
        messages.success(self.request, said)
        stays = "save" in self.request.POST
        following = self.address(self.place if stays else self.place + 1) or ("" if stays else self.address(0))
        is_last = not stays and len(self.queue) == 1
        return HttpResponseRedirect(reverse("hurdles:hurdle-triage") if is_last or not following else following)

    def write(self, hurdle: Hurdle, form: TriageForm) -> str:
        """What the form says of the hurdle, and then the verb of the pressed button."""
        user: Any = self.request.user
        number = {"number": hurdle.number}
        if form.has_changed_values():
            version = form.cleaned_data["version"] or 0
            hurdle = edit_hurdle(hurdle=hurdle, version=version, values=form.values(), by=user)
        elif (form.cleaned_data["version"] or 0) != hurdle.version:
            raise StaleVersion(hurdle)
        if "organize" in self.request.POST:
            organize_hurdle(hurdle=hurdle, by=user)
            return _("%(number)s is taken up.") % number
        if "return" in self.request.POST:
            return_hurdle(hurdle=hurdle, question=form.cleaned_data["question"], by=user)
            return _("%(number)s is returned with your question.") % number
        return _("%(number)s is saved.") % number
