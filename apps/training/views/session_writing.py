"""Pages on which a session is added, changed and laid aside, and those of its verbs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.pages import CreatePage, EditPage, Facts, RecordVerbPage, VerbPage
from apps.core.permissions import permitted
from apps.training import selectors
from apps.training.choices import SessionState
from apps.training.forms.sessions import HoldForm, SessionForm, SessionReasonForm
from apps.training.models import Session
from apps.training.selectors.disclosure import shown
from apps.training.selectors.sessions import seats_taken, state_before_calling_off
from apps.training.services.session_flow import SESSION_FLOW
from apps.training.services.session_verbs import cancel_session, hold_session, open_session, resume_session
from apps.training.services.sessions import archive_session, create_session, edit_session
from apps.training.views.course_pages import CoursePage
from apps.training.views.session_pages import SessionPage


class SessionCreate(CoursePage, CreatePage, VerbPage):
    """A new session of the course in the address."""

    permission = "training.create_session"
    verb_label = gettext_lazy("Add a session")
    form_class = SessionForm
    template_name = "training/session_form.html"

    def existing(self, uid: UUID) -> Session | None:
        return selectors.sessions_visible_to(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        uid, values = form.cleaned_data["uid"], form.values()
        session = create_session(course=self.record, uid=uid, values=values, by=self.request.user)
        return self.go(session, _("The session is added."))


class SessionEdit(SessionPage, EditPage):
    permission = "training.edit_session"
    form_class = SessionForm
    template_name = "training/session_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back_url=self.record.get_absolute_url(), **kwargs)

    def save(self, form: Any) -> HttpResponse:
        session = edit_session(session=self.record, **self.said(form))
        return self.go(session, _("Saved."))


class _SessionVerb(SessionPage, RecordVerbPage):
    """One verb of the flow."""

    def facts(self) -> Facts:
        return [(_("Date"), wareki.format_date(self.record.date, weekday=True))]


class SessionOpen(_SessionVerb):
    permission = "training.open_session"
    verb_label = SESSION_FLOW["open"].label

    def facts(self) -> Facts:
        session, unlimited = self.record, _("Without a limit")
        closes_on = wareki.format_date(session.closes_on) if session.closes_on else _("The day before the session")
        return [
            *super().facts(),
            (_("Capacity"), unlimited if session.capacity is None else session.capacity),
            (_("Enrolment until"), closes_on),
        ]

    def done(self, form: Any) -> HttpResponse:
        return self.go(open_session(session=self.record, **self.said(form)), _("The enrolment is open."))


class SessionHold(_SessionVerb):
    permission = "training.hold_session"
    verb_label = SESSION_FLOW["hold"].label
    form_class = HoldForm

    def facts(self) -> Facts:
        facts = super().facts()
        if self.record.keeps_roll:
            facts.append((_("On the roll without attendance"), self._without_attendance()))
        return facts

    def _without_attendance(self) -> str:
        """How many have a seat and no attendance yet; the true number for those who keep the roll alone."""
        count = seats_taken(self.record)
        if not count:
            return _("Nobody: the attendance of everybody is entered.")
        known: Any = count if permitted(self.request.user, "training.view_roll") else shown(count)
        known = _("fewer than 5") if known is None else known
        return _("%(count)s people. They count as people who did not come until the roll says so.") % {"count": known}

    def done(self, form: Any) -> HttpResponse:
        said = self.said(form)
        rest = {name: said.pop(name) for name in ("version", "by")}
        return self.go(hold_session(session=self.record, numbers=said, **rest), _("It is recorded as held."))


class SessionCancel(_SessionVerb):
    permission = "training.cancel_session"
    verb_label = SESSION_FLOW["cancel"].label
    form_class = SessionReasonForm

    def facts(self) -> Facts:
        told = _("Whoever is invited, has a seat or waits for one is told, with the reason.")
        return [*super().facts(), (_("Who is told"), told)]

    def done(self, form: Any) -> HttpResponse:
        return self.go(cancel_session(session=self.record, **self.said(form)), _("It is called off."))


class SessionResume(_SessionVerb):
    permission = "training.resume_session"
    verb_label = SESSION_FLOW["resume"].label
    form_class = SessionReasonForm

    def facts(self) -> Facts:
        back = SessionState(state_before_calling_off(self.record)).label
        return [*super().facts(), (_("It comes back to the state"), back)]

    def done(self, form: Any) -> HttpResponse:
        return self.go(resume_session(session=self.record, **self.said(form)), _("It is held after all."))


class SessionArchive(_SessionVerb):
    permission = "training.archive_session"
    verb_label = gettext_lazy("Archive")
    form_class = SessionReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_session(session=self.record, **self.said(form))
        self.go(self.record, _("“%(title)s” is archived.") % {"title": self.record})
        return HttpResponseRedirect(self.record.course.get_absolute_url())
