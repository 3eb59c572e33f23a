"""Pages of hurdles: the list, one hurdle, logging, editing and the verbs of its flow."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import Entry
from apps.core.pages import CreatePage, DetailPage, EditPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import talk_context
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.forms import HurdleForm
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import (
    by_uid,
    hurdle_detail,
    hurdle_history,
    visible_to,
)
from apps.hurdles.services import ENDORSEMENT_EVENTS, edit_hurdle, log_hurdle, submit_hurdle
from apps.hurdles.views.course_parts import course_of
from apps.hurdles.views.crumbs import hurdle_crumbs
from apps.hurdles.views.menu import menu_of
from apps.hurdles.views.merging import LeadsOn
from apps.hurdles.views.similar import similar_context, typed_words
from apps.hurdles.views.verbs import received_words
from apps.hurdles.views.voices import ours_too_context, owner_views_context
from apps.organization.selectors.lineage import say_todays_names


class HurdleDetail(LeadsOn, DetailPage):
    permission = "hurdles.view_hurdle"
    template_name = "hurdles/hurdle_detail.html"

    def get_queryset(self) -> QuerySet[Hurdle]:
        return hurdle_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((self.record.number or _("Draft"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hurdle, user = self.record, self.request.user
        voices = owner_views_context(hurdle, user)
        menu = menu_of(hurdle, user, voices=voices)
        say_todays_names(hurdle.owning_unit, hurdle.reporting_unit, *hurdle.affected_units.all())
        return super().get_context_data(
            bases=list(hurdle.legal_bases.all()),
            shows_reporter=permitted(user, "hurdles.view_reporter", hurdle),
            may_edit=permitted(user, "hurdles.edit_hurdle", hurdle),
            **course_of(hurdle, user),
            panels=panels_for("hurdles:hurdle-detail", hurdle, user),
            talk=talk_context(hurdle, user),
            menu=menu,
            in_head={act.url for act in menu["buttons"]},
            **voices,
            **ours_too_context(hurdle, user),
            **kwargs,
        )


class HurdleLog(CreatePage):
    permission = "hurdles.log_hurdle"
    title = gettext_lazy("Log a hurdle")
    template_name = "hurdles/hurdle_log.html"
    form_class = HurdleForm

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((_("Log"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        similar = similar_context(self.request.user, typed_words(self.request.POST))
        return super().get_context_data(**similar, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without a script one asks for similar hurdles by a button; nothing is checked or kept then."""
        if "look" not in request.POST:
            return super().post(request, *args, **kwargs)
        fields = self.form_class.base_fields.items()
        typed = {name: field.widget.value_from_datadict(request.POST, request.FILES, name) for name, field in fields}
        return self.show(self.form_class(initial=typed))

    def existing(self, uid: UUID) -> Hurdle | None:
        return by_uid(uid)

    def create(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        if user.unit is None:
            form.add_error(None, _("You belong to no unit, so the hurdle would have no section. Ask the secretariat."))
            return self.show(form, status=422)
        with transaction.atomic():
            hurdle = log_hurdle(uid=form.cleaned_data["uid"], reporting_unit=user.unit, values=form.values(), by=user)
            return self.kept(hurdle)

    def again(self, record: Hurdle) -> HttpResponse:
        """A draft that is sent again with the other button is submitted; anything else is there already."""
        return self.kept(record) if record.status == HurdleStatus.DRAFT else super().again(record)

    def kept(self, hurdle: Hurdle) -> HttpResponse:
        if "draft" in self.request.POST:
            return self.go(hurdle, _("The draft is kept. You find it under “My work”."))
        submit_hurdle(hurdle=hurdle, by=self.request.user)
        return self.go(hurdle, received_words(hurdle))


class HurdleEdit(EditPage):
    permission = "hurdles.edit_hurdle"
    template_name = "hurdles/hurdle_form.html"
    form_class = HurdleForm

    def get_queryset(self) -> QuerySet[Hurdle]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return hurdle_crumbs((name, self.record.get_absolute_url()), (_("Edit"), None))

    def last_entry(self, present: Any) -> Entry:
        return hurdle_history(present, self.request.user, of_sections=ENDORSEMENT_EVENTS)[0]

    def save(self, form: Any) -> HttpResponse:
        hurdle = edit_hurdle(hurdle=self.record, **self.said(form))
        if "submit" in self.request.POST:
            submit_hurdle(hurdle=hurdle, by=self.request.user)
            return self.go(hurdle, received_words(hurdle))
        return self.go(hurdle, _("Saved."))
