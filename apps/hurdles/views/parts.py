"""The small pages on which the parts of a hurdle are added, changed and removed."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import SeenPart, VerbPage
from apps.core.pages.base import Crumbs
from apps.hurdles import services
from apps.hurdles.forms import CitizenEvidenceForm, CityExampleForm, LegalBasisForm, RemoveForm, WorkloadForm
from apps.hurdles.models import Hurdle, LegalLevel
from apps.hurdles.selectors import visible_to
from apps.hurdles.views.crumbs import hurdle_crumbs


class _OfHurdle(VerbPage):
    """A page about a part: who may change the hurdle may change its parts."""

    permission = "hurdles.edit_hurdle"
    template_name = "hurdles/part_form.html"
    part: Any = None

    def get_queryset(self) -> QuerySet[Hurdle]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return hurdle_crumbs((name, self.record.get_absolute_url()), (self.verb_label, None))


class _Part(_OfHurdle):
    """One row of `related`."""

    related: ClassVar[str]
    noun: ClassVar[str]

    def load(self) -> None:
        super().load()
        if "part" in self.kwargs:
            self.part = getattr(self.record, self.related).filter(pk=self.kwargs["part"]).first()
            if self.part is None:
                raise Http404
            self.part.hurdle = self.record


class _AddPart(_Part):
    def done(self, form: Any) -> HttpResponse:
        add = getattr(services, f"add_{self.noun}")
        add(hurdle=self.record, values=form.values(), reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Added."))


class _ChangePart(SeenPart, _Part):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove_url = reverse(f"hurdles:{self.noun.replace('_', '-')}-remove", args=[self.record.address, self.part.pk])
        return super().get_context_data(part=self.part, remove_url=remove_url, **kwargs)

    def save(self, form: Any) -> HttpResponse:
        change = getattr(services, f"change_{self.noun}")
        given = {"seen": form.cleaned_data["seen"], "reason": form.cleaned_data["reason"]}
        change(part=self.part, values=form.values(), by=self.request.user, **given)
        return self.go(self.record, _("Saved."))


class _RemovePart(_Part):
    template_name = "components/verb_page.html"
    form_class = RemoveForm

    def done(self, form: Any) -> HttpResponse:
        remove = getattr(services, f"remove_{self.noun}")
        remove(part=self.part, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Removed."))


class _Basis:
    related: ClassVar[str] = "legal_bases"
    noun: ClassVar[str] = "legal_basis"
    form_class: type[forms.BaseForm] = LegalBasisForm


class _Example:
    related: ClassVar[str] = "city_examples"
    noun: ClassVar[str] = "city_example"
    form_class: type[forms.BaseForm] = CityExampleForm


class _Evidence:
    related: ClassVar[str] = "citizen_evidence"
    noun: ClassVar[str] = "citizen_evidence"
    form_class: type[forms.BaseForm] = CitizenEvidenceForm


class _WithRoutes(_OfHurdle):
    """Beside the form stands what follows from each level."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(levels=LegalLevel.objects.all(), **kwargs)


class LegalBasisAdd(_Basis, _AddPart, _WithRoutes):
    verb_label = gettext_lazy("Add a legal basis")


class LegalBasisChange(_Basis, _ChangePart, _WithRoutes):
    verb_label = gettext_lazy("Change the legal basis")


class LegalBasisRemove(_RemovePart):
    related, noun = _Basis.related, _Basis.noun
    verb_label = gettext_lazy("Remove the legal basis")


class CityExampleAdd(_Example, _AddPart):
    verb_label = gettext_lazy("Add an example of another city")


class CityExampleChange(_Example, _ChangePart):
    verb_label = gettext_lazy("Change the example of another city")


class CityExampleRemove(_RemovePart):
    related, noun = _Example.related, _Example.noun
    verb_label = gettext_lazy("Remove the example of another city")


class CitizenEvidenceAdd(_Evidence, _AddPart):
    verb_label = gettext_lazy("Add evidence from citizens")


class CitizenEvidenceChange(_Evidence, _ChangePart):
    verb_label = gettext_lazy("Change the evidence from citizens")


class CitizenEvidenceRemove(_RemovePart):
    related, noun = _Evidence.related, _Evidence.noun
    verb_label = gettext_lazy("Remove the evidence from citizens")


class WorkloadChange(_OfHurdle):
    """Which tasks of the survey the hurdle costs."""

    verb_label = gettext_lazy("Choose the workload tasks")
    form_class = WorkloadForm

    def form_arguments(self) -> dict[str, Any]:
        linked = list(self.record.workload.values_list("pk", flat=True))
        return {"choices": services.workload_choices(self.record), "initial": {"entries": linked}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        linked = self.record.workload.all()
        return super().get_context_data(tasks=linked, hours=sum(each.hours for each in linked), **kwargs)

    def done(self, form: Any) -> HttpResponse:
        services.change_workload(hurdle=self.record, by=self.request.user, **form.cleaned_data)
        return self.go(self.record, _("Saved."))
