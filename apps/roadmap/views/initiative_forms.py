"""Pages on which an initiative is put on the roadmap, changed, and laid aside."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import Entry
from apps.core.pages import CreatePage, EditPage
from apps.core.pages.base import Crumbs
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors.dependencies import by_number
from apps.roadmap import selectors
from apps.roadmap.forms.initiative_course import InitiativeReasonForm
from apps.roadmap.forms.initiatives import InitiativeForm
from apps.roadmap.models import Initiative
from apps.roadmap.services.initiatives import archive_initiative, create_initiative, edit_initiative
from apps.roadmap.views.crumbs import initiative_crumbs
from apps.roadmap.views.initiative_history import initiative_history
from apps.roadmap.views.initiative_verbs import InitiativeVerb


class InitiativeCreate(CreatePage):
    """`?policy=P-…`, `?vision=V-…` and `?hurdle=H-…` say from where one comes: they stand in the form already."""

    permission = "roadmap.create_initiative"
    title = gettext_lazy("Put an initiative on the roadmap")
    template_name = "roadmap/initiative_form.html"

    def load(self) -> None:
        self.form_class = partial(InitiativeForm, user=self.request.user)  # type: ignore[assignment]

    def crumbs(self) -> Crumbs:
        return initiative_crumbs((_("New"), None))

    def from_where(self) -> dict[str, Any]:
        """What the address names, where the person sees it; a policy brings nothing but itself."""
        user, asked = self.request.user, self.request.GET
        vision = _named(selectors.visions_visible_to(user), asked.get("vision", ""))
        policy = _named(selectors.policies_visible_to(user), asked.get("policy", ""))
        hurdle = by_number(user, asked.get("hurdle", ""))
        found: dict[str, Any] = {"hurdle": hurdle.number if hurdle else ""}
        if vision:
            found |= {"vision": vision.pk, "area": vision.area}
        if policy:
            found["policy"] = policy.pk
        if hurdle:
            found["lead_unit"] = hurdle.owning_unit_id
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = str(kwargs["form"]["hurdle"].value() or "")
        hurdle = by_number(self.request.user, number)
        return super().get_context_data(hurdle=hurdle, cancel_url=reverse("roadmap:initiative-list"), **kwargs)

    def existing(self, uid: UUID) -> Initiative | None:
        return selectors.initiatives_visible_to(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        hurdle: Hurdle | None = by_number(user, form.cleaned_data["hurdle"])
        initiative = create_initiative(
            uid=form.cleaned_data["uid"], values=form.values(), hurdles=[hurdle] if hurdle else [], by=user
        )
        return self.go(initiative, _("%(number)s is on the roadmap.") % {"number": initiative.number})


def _named(records: QuerySet[Any], address: str) -> Any:
    """The record at this address, or None."""
    return records.model.at_address(records, address).first() if address else None


class InitiativeEdit(EditPage):
    permission = "roadmap.edit_initiative"
    template_name = "roadmap/initiative_form.html"

    def load(self) -> None:
        super().load()
        self.form_class = partial(InitiativeForm, user=self.request.user)  # type: ignore[assignment]

    def get_queryset(self) -> QuerySet[Initiative]:
        return selectors.initiatives_visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        return initiative_crumbs((self.record.address, self.record.get_absolute_url()), (_("Edit"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.record.get_absolute_url(), **kwargs)

    def last_entry(self, present: Any) -> Entry:
        return initiative_history(present, self.request.user)[0]

    def save(self, form: Any) -> HttpResponse:
        initiative = edit_initiative(initiative=self.record, **self.said(form))
        return self.go(initiative, _("Saved."))


class InitiativeArchive(InitiativeVerb):
    permission = "roadmap.archive_initiative"
    verb_label = gettext_lazy("Archive")
    form_class = InitiativeReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_initiative(initiative=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.title})
        return HttpResponseRedirect(reverse("roadmap:initiative-list"))
