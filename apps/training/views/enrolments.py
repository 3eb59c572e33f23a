"""A person's enrolment: its page for the three who may see it, and its verbs."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.history import entries_of
from apps.core.menu import Act, as_buttons
from apps.core.pages import DetailPage, Facts, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.training.exports.certificate import certificate
from apps.training.forms.enrolments import EnrolmentReasonForm, FollowUpForm
from apps.training.models import Enrolment
from apps.training.selectors.enrolments import (
    enrolment_detail,
    follow_up_from,
    is_not_over,
    may_follow_up,
    takes_enrolments,
    waiting_place,
)
from apps.training.services.enrolment_flow import ENROLMENT_FLOW
from apps.training.services.enrolments import decline_invitation, withdraw_enrolment
from apps.training.services.follow_ups import follow_up
from apps.training.views.crumbs import crumbs
from apps.training.views.people_acts import PERSONAL

PRIMARY = ("enrol", "follow_up")


class EnrolmentPage:
    """Where it is found: whoever is none of the three does not find it."""

    classification = PERSONAL
    request: Any
    record: Any

    def get_queryset(self) -> QuerySet[Enrolment]:
        return enrolment_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        session = self.record.session
        own: tuple[Any, str | None] = (self.record.person.name, self.record.get_absolute_url())
        here: tuple[Any, str | None] = (self.get_title(), None)
        return crumbs(
            (_("Sessions"), reverse("training:session-list")),
            (str(session), session.get_absolute_url()),
            *([own, here] if isinstance(self, RecordVerbPage) else [here]),
        )

    def get_title(self) -> Any:
        raise NotImplementedError


def acts_of(enrolment: Enrolment, user: Any) -> list[Act]:
    """What this person may do with it now."""
    address = [enrolment.uid]
    acts = []
    for row in ENROLMENT_FLOW.possible(enrolment, user):
        if row.verb == "enrol" and takes_enrolments(enrolment.session):
            acts.append(Act("enrol", row.label, _enrol_url(enrolment, user)))
        elif row.verb in {"decline", "withdraw"} and is_not_over(enrolment.session):
            acts.append(Act(row.verb, row.label, reverse(f"training:enrolment-{row.verb}", args=address)))
    if may_follow_up(enrolment) and permitted(user, "training.follow_up", enrolment):
        label = _("Change the answer") if enrolment.followed_up_on else _("Say what came of it")
        acts.append(Act("follow_up", label, reverse("training:enrolment-follow-up", args=address)))
    if enrolment.certificate_number:
        acts.append(Act("certificate", _("Certificate (PDF)"), reverse("training:enrolment-certificate", args=address)))
    return acts


def _enrol_url(enrolment: Enrolment, user: Any) -> str:
    session = [enrolment.session.uid]
    if enrolment.person_id == user.pk:
        return reverse("training:session-enrol", args=session)
    return f"{reverse('training:session-enrol-person', args=session)}?person={enrolment.person.employee_number}"


class EnrolmentDetail(EnrolmentPage, DetailPage):
    """Do I take part, and what came of it?"""

    permission = "training.view_enrolment"
    template_name = "training/enrolment_detail.html"

    def get_title(self) -> Any:
        return self.record.person.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enrolment = self.record
        return super().get_context_data(
            place=waiting_place(enrolment),
            follow_up_from=follow_up_from(enrolment.session) if enrolment.state == "completed" else None,
            buttons=as_buttons(acts_of(enrolment, self.request.user), primary=PRIMARY),
            entries=entries_of(enrolment),
            **kwargs,
        )


class EnrolmentVerb(EnrolmentPage, RecordVerbPage):
    """One verb."""

    form_class: Any = EnrolmentReasonForm

    def get_title(self) -> Any:
        return self.get_verb_label()

    def facts(self) -> Facts:
        session = self.record.session
        return [
            (_("Employee"), self.record.person.name),
            (_("Session"), str(session)),
            (_("Date"), wareki.format_date(session.date, weekday=True)),
            (_("State"), self.record.get_state_display()),
        ]


class EnrolmentWithdraw(EnrolmentVerb):
    permission = "training.withdraw_enrolment"
    verb_label = ENROLMENT_FLOW["withdraw"].label

    def done(self, form: Any) -> HttpResponse:
        return self.go(withdraw_enrolment(enrolment=self.record, **self.said(form)), _("The enrolment is taken back."))


class EnrolmentDecline(EnrolmentVerb):
    permission = "training.decline_invitation"
    verb_label = ENROLMENT_FLOW["decline"].label

    def done(self, form: Any) -> HttpResponse:
        return self.go(decline_invitation(enrolment=self.record, **self.said(form)), _("The invitation is declined."))


class EnrolmentFollowUp(EnrolmentVerb):
    permission = "training.follow_up"
    verb_label = gettext_lazy("Say what came of it")
    form_class = FollowUpForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(follow_up(enrolment=self.record, **self.said(form)), _("Your answer is kept."))


class EnrolmentCertificate(EnrolmentPage, DetailPage):
    """The certificate as PDF."""

    permission = "training.view_enrolment"

    def get_title(self) -> Any:
        return _("Certificate (PDF)")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.record.certificate_number:
            raise Http404
        response = HttpResponse(certificate(self.record), content_type="application/pdf")
        name = f"certificate-{self.record.certificate_number}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
