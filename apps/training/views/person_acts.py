"""What one does with a person: name, recognise, record a skill, and take that back."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.pages import Facts
from apps.training.forms.people import CandidateForm, RecognitionForm, SkillForm, TakeBackForm
from apps.training.models import Candidate, Recognition, SkillRecord
from apps.training.services.candidates import name_candidate, withdraw_candidacy
from apps.training.services.recognitions import Grounds, recognise_person
from apps.training.services.skill_records import record_skill, withdraw_skill
from apps.training.views.person import PersonForm


class CandidateName(PersonForm):
    permission = "training.name_candidate"
    verb_label = gettext_lazy("Name as a candidate")
    form_class = CandidateForm

    def done(self, form: Any) -> HttpResponse:
        name_candidate(person=self.record, by=self.request.user, **form.values())
        messages.success(self.request, _("%(person)s is a candidate now.") % {"person": self.record})
        return self.back()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A second click names nobody twice, and is no error."""
        profile = request.POST.get("profile", "")
        if profile.isdecimal() and Candidate.objects.filter(person=self.record, profile=int(profile)).exists():
            return self.back()
        return super().post(request, *args, **kwargs)


class PersonRecognise(PersonForm):
    permission = "training.recognise_person"
    verb_label = gettext_lazy("Recognise")
    form_class = RecognitionForm

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "initial": {"uid": uuid.uuid4()}}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.back() if self._made(request.POST.get("uid", "")) else super().post(request, *args, **kwargs)

    def _made(self, uid: str) -> bool:
        """Whether an earlier click of the same form has recognised the person."""
        try:
            return Recognition.objects.filter(uid=uuid.UUID(uid), person=self.record).exists()
        except ValueError:
            return False

    def done(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        grounds = Grounds(
            data["recognised_on"], data["basis"], data["course"], data["note"], data["uid"] or uuid.uuid4()
        )
        try:
            recognise_person(person=self.record, profile=data["profile"], grounds=grounds, by=self.request.user)
        except IntegrityError:
            # Both clicks were under way at once: the other one has won.
            if not self._made(str(data["uid"])):
                raise
        words = {"person": self.record, "profile": data["profile"]}
        messages.success(self.request, _("%(person)s belongs to “%(profile)s” now.") % words)
        return self.back()


class SkillRecordPage(PersonForm):
    permission = "training.record_skill"
    verb_label = gettext_lazy("Record a skill")
    form_class = SkillForm

    def done(self, form: Any) -> HttpResponse:
        record_skill(person=self.record, by=self.request.user, **form.values())
        messages.success(self.request, _("The skill is recorded."))
        return self.back()


class _TakeBack(PersonForm):
    """Takes back one row of the person; a second click finds it gone, and is no error."""

    form_class = TakeBackForm
    part: Any = None

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def load(self) -> None:
        super().load()
        self.part = self.rows().filter(pk=self.kwargs["part"]).first()
        if self.part:
            self.part.person = self.record

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.part is None:
            raise Http404
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.part is None:
            messages.info(request, _("It is taken back already."))
            return self.back()
        return super().post(request, *args, **kwargs)


class CandidacyWithdraw(_TakeBack):
    permission = "training.withdraw_candidacy"
    verb_label = gettext_lazy("Take the candidacy back")

    def rows(self) -> QuerySet[Candidate]:
        return Candidate.objects.filter(person=self.record).select_related("profile")

    def facts(self) -> Facts:
        named = wareki.format_date(self.part.named_on)
        return [(_("Candidate for"), self.part.profile), (_("Named on"), named)]

    def done(self, form: Any) -> HttpResponse:
        withdraw_candidacy(candidacy=self.part, by=self.request.user, **form.values())
        messages.success(self.request, _("The candidacy is taken back."))
        return self.back()


class SkillWithdraw(_TakeBack):
    permission = "training.withdraw_skill"
    verb_label = gettext_lazy("Take the skill back")

    def rows(self) -> QuerySet[SkillRecord]:
        return SkillRecord.objects.filter(person=self.record).select_related("skill", "enrolment__session__course")

    def facts(self) -> Facts:
        facts: Facts = [
            (_("Skill"), self.part.skill),
            (_("Level"), self.part.get_level_display()),
            (_("Reached on"), wareki.format_date(self.part.reached_on)),
        ]
        if self.part.enrolment:
            facts.append((_("Course"), self.part.enrolment.session))
        return facts

    def done(self, form: Any) -> HttpResponse:
        withdraw_skill(record=self.part, by=self.request.user, **form.values())
        messages.success(self.request, _("The skill is taken back."))
        return self.back()
