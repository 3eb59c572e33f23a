"""Pages of the verbs that move a policy's state; each says what it needs before one does it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import wareki
from apps.core.pages import Facts
from apps.roadmap import selectors
from apps.roadmap.forms import PolicyAchieveForm, PolicyForceForm, PolicyReasonForm
from apps.roadmap.services import (
    POLICY_ACTS,
    POLICY_FLOW,
    achieve_policy,
    archive_policy,
    bring_policy_into_force,
    resume_policy,
    return_policy,
    review_policy,
    withdraw_policy,
)
from apps.roadmap.views.policy_pages import PolicyVerb


class PolicyReview(PolicyVerb):
    permission = "roadmap.review_policy"
    row = POLICY_FLOW["review"]

    def facts(self) -> Facts:
        known = selectors.deciding(self.record)
        return [
            (_("What it needs"), _("A text: that is what is looked at and decided. It gets its number now.")),
            (_("Who may decide it"), known.body_names or _("Not known yet: say first what it changes.")),
        ]

    def done(self, form: Any) -> HttpResponse:
        policy = review_policy(policy=self.record, **self.said(form))
        return self.go(policy, _("Under consideration as %(number)s.") % {"number": policy.number})


class PolicyReturn(PolicyVerb):
    permission = "roadmap.return_policy"
    row = POLICY_FLOW["return"]
    form_class = PolicyReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(return_policy(policy=self.record, **self.said(form)), _("It is a draft again."))


class PolicyBringIntoForce(PolicyVerb):
    permission = "roadmap.bring_policy_into_force"
    row = POLICY_FLOW["bring_into_force"]
    form_class = PolicyForceForm

    def facts(self) -> Facts:
        decided = self.record.status_since
        return [
            (_("What it needs"), _("A day that has come, and not one before the decision.")),
            (_("Decided on"), wareki.format_date(decided) if decided else _("The day is not known.")),
        ]

    def done(self, form: Any) -> HttpResponse:
        return self.go(bring_policy_into_force(policy=self.record, **self.said(form)), _("It is in force."))


class PolicyAchieve(PolicyVerb):
    permission = "roadmap.achieve_policy"
    row = POLICY_FLOW["achieve"]
    form_class = PolicyAchieveForm

    def facts(self) -> Facts:
        """What is still open does not refuse; whoever says that the goal is achieved has seen it."""
        policy, user = self.record, self.request.user
        waiting = [link.unit for link in selectors.bound_links(policy) if not link.adopted]
        open_records = (
            (_("Hurdles that are still open"), selectors.open_hurdles_of(policy, user)),
            (_("Initiatives that are still open"), selectors.open_initiatives_of(policy, user)),
        )
        return [
            (_("Goal"), policy.goal),
            *((label, _listed([f"{row.number or ''} {row}".strip() for row in rows])) for label, rows in open_records),
            (_("Units that have not adopted it"), _listed([str(unit) for unit in waiting])),
        ]

    def done(self, form: Any) -> HttpResponse:
        return self.go(achieve_policy(policy=self.record, **self.said(form)), _("The goal is achieved."))


def _listed(names: list[str]) -> str:
    """How many, and which, each on a line of its own."""
    if not names:
        return _("None")
    count = ngettext("%(count)d in all", "%(count)d in all", len(names)) % {"count": len(names)}
    return "\n".join([count, *names])


class PolicyWithdraw(PolicyVerb):
    permission = "roadmap.withdraw_policy"
    row = POLICY_FLOW["withdraw"]
    form_class = PolicyReasonForm

    def facts(self) -> Facts:
        decided = _("All staff read that it is withdrawn, and why. The hurdles keep their states.")
        never_decided = _("Only its makers, headquarters and auditors see it. The hurdles keep their states.")
        return [(_("What follows"), decided if self.record.is_decided else never_decided)]

    def done(self, form: Any) -> HttpResponse:
        return self.go(withdraw_policy(policy=self.record, **self.said(form)), _("The policy is withdrawn."))


class PolicyResume(PolicyVerb):
    permission = "roadmap.resume_policy"
    row = POLICY_FLOW["resume"]
    form_class = PolicyReasonForm

    def facts(self) -> Facts:
        return [(_("What follows"), _("It is a draft again under its number, and needs a new decision."))]

    def done(self, form: Any) -> HttpResponse:
        return self.go(resume_policy(policy=self.record, **self.said(form)), _("It is a draft again."))


class PolicyArchive(PolicyVerb):
    permission = "roadmap.archive_policy"
    row = POLICY_ACTS["archive"]
    form_class = PolicyReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_policy(policy=self.record, reason=form.cleaned_data["reason"], by=self.request.user)
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.title})
        return HttpResponseRedirect(reverse("roadmap:policy-list"))
