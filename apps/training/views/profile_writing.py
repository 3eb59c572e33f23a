"""Pages on which a talent profile is made, changed, counted and laid aside, and headcounts are set."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import Entry, entries_of
from apps.core.money import number
from apps.core.pages import CreatePage, EditPage, Facts, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.organization.models import Unit
from apps.training.forms.headcounts import HeadcountForm
from apps.training.forms.profiles import CountForm, ProfileForm
from apps.training.forms.words import ReasonForm
from apps.training.models import TalentProfile
from apps.training.selectors.headcounts import group_of
from apps.training.selectors.profiles import CountPreview, current_standard, preview_count, profile_detail
from apps.training.services.headcounts import set_headcounts
from apps.training.services.profiles import archive_profile, count_people, create_profile, edit_profile
from apps.training.views.crumbs import profile_crumbs
from apps.training.views.profiles import PROFILE_PARTS


class ProfileCreate(CreatePage):
    permission = "training.create_profile"
    title = gettext_lazy("Make a talent profile")
    form_class = ProfileForm
    template_name = "training/profile_form.html"

    def crumbs(self) -> Crumbs:
        return profile_crumbs((_("New"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = reverse("training:profile-list")
        return super().get_context_data(cancel_url=cancel_url, standard=current_standard(), **kwargs)

    def existing(self, uid: UUID) -> TalentProfile | None:
        return profile_detail(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        profile = create_profile(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        return self.go(profile, _("The talent profile is made. Say next how many people are needed."))


class _ProfilePage:
    """A page behind that of one profile."""

    request: Any
    record: Any

    def get_queryset(self) -> QuerySet[TalentProfile]:
        return profile_detail(self.request.user)

    def last_entry(self, present: Any) -> Entry:
        return entries_of(present, parts=PROFILE_PARTS)[0]


class ProfileEdit(_ProfilePage, EditPage):
    permission = "training.edit_profile"
    form_class = ProfileForm
    template_name = "training/profile_form.html"

    def crumbs(self) -> Crumbs:
        return profile_crumbs((self.record.name, self.record.get_absolute_url()), (_("Edit"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = self.record.get_absolute_url()
        return super().get_context_data(cancel_url=cancel_url, standard=current_standard(), **kwargs)

    def save(self, form: Any) -> HttpResponse:
        profile = edit_profile(profile=self.record, **self.said(form))
        return self.go(profile, _("Saved."))


class ProfileHeadcounts(_ProfilePage, EditPage):
    """`?unit=0200` names a unit group; without it the form is about the whole city."""

    permission = "training.set_headcounts"
    template_name = "training/headcount_form.html"
    unit: Unit | None = None

    def load(self) -> None:
        super().load()
        if code := self.request.GET.get("unit", ""):
            self.unit = group_of(self.record, code)
            if self.unit is None:
                raise Http404
        self.form_class = partial(HeadcountForm, unit=self.unit)  # type: ignore[assignment]

    def get_title(self) -> Any:
        named = {"profile": self.record.name, "unit": self.unit or _("Whole city")}
        return _("Headcounts: %(profile)s (%(unit)s)") % named

    def crumbs(self) -> Crumbs:
        return profile_crumbs((self.record.name, self.record.get_absolute_url()), (_("Set headcounts"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unit=self.unit, cancel_url=self.record.get_absolute_url(), **kwargs)

    def save(self, form: Any) -> HttpResponse:
        profile = set_headcounts(
            profile=self.record,
            unit=self.unit,
            years=form.people(),
            by=self.request.user,
            version=form.cleaned_data["version"] or 0,
            reason=form.cleaned_data["reason"],
        )
        return self.go(profile, _("Saved."))


class _ProfileVerb(_ProfilePage, RecordVerbPage):
    """One verb."""

    def crumbs(self) -> Crumbs:
        return profile_crumbs((self.record.name, self.record.get_absolute_url()), (self.get_verb_label(), None))


class ProfileCount(_ProfileVerb):
    permission = "training.count_people"
    verb_label = gettext_lazy("Count people one by one")
    form_class = CountForm

    def facts(self) -> Facts:
        """What changes, year by year; a small number is hidden here, too."""
        known: list[tuple[Any, Any]] = [(str(row.gap.year), _change(row)) for row in preview_count(self.record)]
        how = _("Each person that is recognised and works for the city counts. Past years are counted at their end.")
        return [(_("What is counted"), how), *known]

    def done(self, form: Any) -> HttpResponse:
        profile = count_people(profile=self.record, **self.said(form))
        counted = _("People are counted one by one.") if profile.counted_from else _("The estimates stand again.")
        return self.go(profile, counted)


def _change(row: CountPreview) -> str:
    """What stands there now, and what would be counted."""
    now = _("fewer than 5 people") if row.gap.hidden else "－" if row.gap.present is None else number(row.gap.present)
    then = _("fewer than 5 people") if row.people is None else number(row.people)
    said = {"now": now, "basis": row.gap.basis or _("not estimated"), "then": then}
    return _("%(now)s (%(basis)s) → counted from people: %(then)s") % said


class ProfileArchive(_ProfileVerb):
    permission = "training.archive_profile"
    verb_label = gettext_lazy("Archive")
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_profile(profile=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("training:profile-list"))
