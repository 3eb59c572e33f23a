"""The small pages of what hangs on an initiative: milestones, own implementations."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.pages import Facts, SeenPart, VerbPage
from apps.roadmap.forms.initiative_parts import (
    AchievedForm,
    ImplementationForm,
    MilestoneForm,
    SetBackForm,
    TakeOutForm,
    year_of_today,
)
from apps.roadmap.models import Milestone
from apps.roadmap.selectors.timing import is_outside
from apps.roadmap.services.implementations import (
    change_implementation,
    record_implementation,
    remove_implementation,
)
from apps.roadmap.services.milestones import (
    achieve_milestone,
    add_milestone,
    change_milestone,
    remove_milestone,
    reopen_milestone,
)
from apps.roadmap.views.initiative_pages import InitiativePage
from apps.roadmap.views.initiative_verbs import milestone_words, period_of


class InitiativePart(InitiativePage, VerbPage):
    """A page about one row of `related`; without a row in the address it is about a new one."""

    related: ClassVar[str]
    part: Any = None

    def load(self) -> None:
        super().load()
        if "part" in self.kwargs:
            self.part = getattr(self.record, self.related).filter(pk=self.kwargs["part"]).first()
            if self.part is None:
                raise Http404
            self.part.initiative = self.record

    def facts(self) -> Facts:
        """What one has to know before one does it."""
        return []

    def other_way(self) -> tuple[Any, str] | None:
        """Label and address of the page on which the row goes."""
        return None

    def page_of_part(self, name: str) -> str:
        return reverse(f"roadmap:{name}", args=[self.record.address, self.part.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=self.facts(), other_way=self.other_way(), **kwargs)


class _MilestonePage(InitiativePart):
    permission = "roadmap.edit_milestones"
    related = "milestones"

    def facts(self) -> Facts:
        facts: Facts = [(_("Period"), period_of(self.record))]
        return [(_("Milestone"), milestone_words(self.part)), *facts] if self.part else facts

    def kept(self, milestone: Milestone, message: Any) -> HttpResponse:
        """Back to the initiative; whoever has put a milestone outside the period is told."""
        if is_outside(milestone, self.record):
            said = _("“%(text)s” lies outside the period of the initiative, %(period)s.")
            messages.warning(self.request, said % {"text": milestone.text, "period": period_of(self.record)})
        return self.go(self.record, message)


class MilestoneAdd(_MilestonePage):
    verb_label = gettext_lazy("Add a milestone")
    form_class = MilestoneForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"fiscal_year": year_of_today()}}

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        milestone = add_milestone(initiative=self.record, values=form.values(), reason=reason, by=self.request.user)
        return self.kept(milestone, _("Added."))


class MilestoneChange(SeenPart, _MilestonePage):
    verb_label = gettext_lazy("Change the milestone")
    form_class = MilestoneForm

    def other_way(self) -> tuple[Any, str]:
        return MilestoneRemove.verb_label, self.page_of_part("milestone-remove")

    def save(self, form: Any) -> HttpResponse:
        given = {"seen": form.cleaned_data["seen"], "reason": form.cleaned_data["reason"]}
        milestone = change_milestone(milestone=self.part, values=form.values(), by=self.request.user, **given)
        return self.kept(milestone, _("Saved."))


class MilestoneAchieve(SeenPart, _MilestonePage):
    verb_label = gettext_lazy("Say that it is achieved")
    form_class = AchievedForm

    def save(self, form: Any) -> HttpResponse:
        achieve_milestone(milestone=self.part, by=self.request.user, **form.values())
        return self.go(self.record, _("The milestone is achieved."))


class MilestoneReopen(SeenPart, _MilestonePage):
    verb_label = gettext_lazy("Set the milestone back")
    form_class = SetBackForm

    def save(self, form: Any) -> HttpResponse:
        reopen_milestone(milestone=self.part, by=self.request.user, **form.values())
        return self.go(self.record, _("The milestone is open again."))


class MilestoneRemove(_MilestonePage):
    verb_label = gettext_lazy("Take the milestone out")
    form_class = TakeOutForm

    def done(self, form: Any) -> HttpResponse:
        remove_milestone(milestone=self.part, by=self.request.user, **form.cleaned_data)
        return self.go(self.record, _("Taken out."))


class _ImplementationPage(InitiativePart):
    permission = "roadmap.record_implementation"
    related = "implementations"


class ImplementationRecord(_ImplementationPage):
    verb_label = gettext_lazy("Record an own implementation")
    form_class = ImplementationForm

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        record_implementation(initiative=self.record, values=form.values(), reason=reason, by=self.request.user)
        return self.go(self.record, _("Recorded."))


class ImplementationChange(SeenPart, _ImplementationPage):
    verb_label = gettext_lazy("Change the own implementation")
    form_class = ImplementationForm

    def other_way(self) -> tuple[Any, str]:
        return ImplementationRemove.verb_label, self.page_of_part("implementation-remove")

    def save(self, form: Any) -> HttpResponse:
        given = {"seen": form.cleaned_data["seen"], "reason": form.cleaned_data["reason"]}
        change_implementation(implementation=self.part, values=form.values(), by=self.request.user, **given)
        return self.go(self.record, _("Saved."))


class ImplementationRemove(_ImplementationPage):
    verb_label = gettext_lazy("Take the own implementation out")
    form_class = TakeOutForm

    def facts(self) -> Facts:
        day = wareki.format_date(self.part.implemented_on)
        return [(_("What was implemented"), self.part.title), (_("Implemented on"), day)]

    def done(self, form: Any) -> HttpResponse:
        remove_implementation(implementation=self.part, by=self.request.user, **form.cleaned_data)
        return self.go(self.record, _("Taken out."))
