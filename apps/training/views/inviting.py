"""Inviting people: first how many these are, then the invitation."""

from typing import Any

from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import money
from apps.core.pages import VerbPage
from apps.training.forms.enrolments import PROFILE, InvitationForm
from apps.training.permissions import is_personnel
from apps.training.selectors import shown
from apps.training.selectors.invitees import tells_of_few
from apps.training.services.invitations import check_invitable, invite_people
from apps.training.views.session_pages import SessionPage


class SessionInvite(SessionPage, VerbPage):
    """Whom do we invite? The inviter reads numbers, and of the people of a profile only those from five on."""

    permission = "training.invite_people"
    verb_label = gettext_lazy("Invite people")
    form_class = InvitationForm
    template_name = "training/session_invite.html"

    def done(self, form: Any) -> HttpResponse:
        check_invitable(self.record)
        if not form.people:
            form.add_error(None, _("Nobody was found whom one could invite."))
            return self.show(form, status=422)
        mark = self.mark(form)
        if "invite" not in self.request.POST or self.request.POST.get("mark") != mark:
            return self.preview(form, mark)
        new = invite_people(session=self.record, people=form.people, by=self.request.user)
        if is_personnel(self.request.user):
            said = _("%(count)s people were invited.") % {"count": money.number(new)}
        else:
            said = _("They were invited, but for those who stand in the roll already.")
        return self.go(self.record, said)

    def preview(self, form: Any, mark: str) -> HttpResponse:
        """The form once more with the number; other people than before are shown as another number."""
        context = self.get_context_data(
            form=form, mark=mark, found=self.found(form), asked="invite" in self.request.POST
        )
        return self.render_to_response(context)

    def found(self, form: Any) -> str:
        count = len(form.people)
        if form.cleaned_data["way"] == PROFILE and not is_personnel(self.request.user):
            if shown(count) is None:
                return _("fewer than five people")
            if tells_of_few(form.cleaned_data["profile"], **form.chosen()):
                return _("five people or more")
        return _("%(count)s people") % {"count": money.number(count)}

    def mark(self, form: Any) -> str:
        """Stands for exactly these people found in this way, and tells nobody who they are.

        The same people in a list have another mark: or one could guess who belongs to a profile until the marks agree.
        """
        people, way = sorted(person.pk for person in form.people), form.cleaned_data["way"]
        of_profile = (form.cleaned_data["profile"].pk, form.chosen()) if way == PROFILE else ()
        return salted_hmac("training.invitation", f"{self.record.pk} {way} {of_profile} {people}").hexdigest()
