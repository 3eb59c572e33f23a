"""Pages with which units are bound, released, and adopt a policy."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.pages import Facts
from apps.roadmap import selectors
from apps.roadmap.forms import PolicyAdoptForm, PolicyBindForm, PolicyReasonForm, PolicyReleaseForm
from apps.roadmap.models import PolicyUnit
from apps.roadmap.services import POLICY_ACTS, adopt_policy, bind_units, release_units, undo_adoption
from apps.roadmap.views.policy_pages import PolicyVerb


class PolicyBindUnits(PolicyVerb):
    permission = "roadmap.bind_units"
    row = POLICY_ACTS["bind_units"]
    form_class = PolicyBindForm
    template_name = "roadmap/policy_wide_verb.html"

    def done(self, form: Any) -> HttpResponse:
        new = bind_units(policy=self.record, units=form.chosen(), by=self.request.user)
        said = ngettext("%(count)d unit is bound.", "%(count)d units are bound.", len(new))
        return self.go(self.record, said % {"count": len(new)})


class PolicyReleaseUnits(PolicyVerb):
    permission = "roadmap.bind_units"
    row = POLICY_ACTS["release_units"]
    form_class = PolicyReleaseForm
    template_name = "roadmap/policy_wide_verb.html"

    def done(self, form: Any) -> HttpResponse:
        words = form.cleaned_data
        gone = release_units(policy=self.record, units=words["units"], reason=words["reason"], by=self.request.user)
        said = ngettext("%(count)d unit is released.", "%(count)d units are released.", gone)
        return self.go(self.record, said % {"count": gone})


class PolicyAdopt(PolicyVerb):
    """`?unit=…`, by its code, is the one that is chosen at first."""

    permission = "roadmap.adopt_policy"
    row = POLICY_ACTS["adopt"]
    form_class = PolicyAdoptForm

    def form_arguments(self) -> dict[str, Any]:
        links = selectors.links_to_speak_for(self.record, self.request.user).filter(adopted=False)
        units = selectors.units_of_links(links)
        return {**super().form_arguments(), "units": units, "unit": self.request.GET.get("unit", "")}

    def facts(self) -> Facts:
        policy = self.record
        return [(label, text) for label, text in ((_("Goal"), policy.goal), (_("Standard"), policy.standard)) if text]

    def done(self, form: Any) -> HttpResponse:
        words = form.cleaned_data
        link = adopt_policy(
            policy=self.record,
            unit=words["unit"],
            adopted_on=words["adopted_on"],
            note=words["note"],
            by=self.request.user,
        )
        return self.go(self.record, _("%(unit)s has adopted it.") % {"unit": link.unit})


class PolicyUndoAdoption(PolicyVerb):
    permission = "roadmap.adopt_policy"
    row = POLICY_ACTS["undo_adoption"]
    form_class = PolicyReasonForm
    link: PolicyUnit

    def load(self) -> None:
        super().load()
        links = selectors.bound_links(self.record)
        link = links.filter(pk=self.kwargs["link"], adopted=True).first()
        if link is None:
            raise Http404
        self.link = link

    def facts(self) -> Facts:
        return [(_("Unit"), str(self.link.unit)), (_("What the unit does"), self.link.note or "－")]

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        undo_adoption(policy=self.record, unit=self.link.unit, reason=reason, by=self.request.user)
        return self.go(self.record, _("%(unit)s has not adopted it any more.") % {"unit": self.link.unit})
