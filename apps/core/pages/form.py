"""Forms: what was typed is never lost, a second click makes nothing twice, nobody's change is written over."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from apps.core.forms import RecordForm, VerbForm, words
from apps.core.history import Entry, entries_of, version_of
from apps.core.pages.base import Page
from apps.core.pages.detail import DetailPage
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState

# Labels with what they say, which a page shows before its form.
Facts = list[tuple[Any, Any]]


class FormPage(Page):
    """Shows a form, and hands its cleaned data to one service."""

    form_class: type[forms.BaseForm]

    def form_arguments(self) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.form_class(request.POST, **self.form_arguments())
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return self.done(form)
        except (Unmet, WrongState) as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=422)
        except StaleVersion as stale:
            return self.stale(form, stale.present)

    def stale(self, form: Any, present: Any) -> HttpResponse:
        """Somebody saved `present` after this page was made."""
        form.add_error(None, _("Somebody changed this record in the meantime. Look at it, then try again."))
        return self.show(form, status=409)

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=status)

    def done(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def go(self, record: Any, message: Any) -> HttpResponseRedirect:
        """To the record's page, with one sentence about what was done; the browser then drops its draft."""
        messages.success(self.request, message)
        return HttpResponseRedirect(record.get_absolute_url())


class CreatePage(FormPage):
    """A new record. The form carries the record's uid, so that a form sent twice leads to the one record."""

    form_class: type[RecordForm]

    def form_arguments(self) -> dict[str, Any]:
        initial = {"uid": uuid.uuid4()}
        return {"initial": initial | self.from_where() if self.request.method == "GET" else initial}

    def from_where(self) -> dict[str, Any]:
        """What stands in the form already because of the page from which one comes."""
        return {}

    def existing(self, uid: uuid.UUID) -> Any:
        """The record that an earlier click made, or None."""
        raise NotImplementedError

    def create(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def done(self, form: Any) -> HttpResponse:
        form.cleaned_data["uid"] = form.cleaned_data["uid"] or uuid.uuid4()
        if record := self.existing(form.cleaned_data["uid"]):
            return self.again(record)
        try:
            return self.create(form)
        except IntegrityError:
            # Both clicks were under way at once: the other one has won, and its record is the one record.
            if record := self.existing(form.cleaned_data["uid"]):
                return self.again(record)
            raise

    def again(self, record: Any) -> HttpResponse:
        """What the second click of a form leads to: the record that the first one made."""
        return HttpResponseRedirect(record.get_absolute_url())


class EditPage(FormPage, DetailPage):
    """A change. Somebody else's change in the meantime is shown beside one's own, and neither is lost."""

    form_class: type[RecordForm]
    conflict_template: ClassVar[str] = "409.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"record": self.record}

    def get_title(self) -> Any:
        return _("Edit: %(title)s") % {"title": self.record}

    def said(self, form: Any) -> dict[str, Any]:
        """What the form says to the service, from which version, and who says it."""
        return {"values": form.values(), "version": form.cleaned_data["version"] or 0, "by": self.request.user}

    def save(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def done(self, form: Any) -> HttpResponse:
        try:
            return self.save(form)
        except StaleVersion as stale:
            return self.conflict(form, stale.present)

    def last_entry(self, present: Any) -> Entry:
        """Who has saved in the meantime."""
        return entries_of(present)[0]

    def conflict(self, form: Any, present: Any) -> HttpResponse:
        """Both texts, field by field; the next save starts from the version that is shown here.

        Of a field that this person has left as it was, the saved text is the one that is chosen at first.
        """
        last = self.last_entry(present)
        fields = form.differences(self.form_class(record=present))
        shown = version_of(present, form.cleaned_data["version"] or 0)
        untouched = form.untouched(self.form_class(record=shown)) if shown else set()
        for row in fields:
            row["untouched"] = row["name"] in untouched
        self.record = present
        moved = form.moved_to(present)
        conflict = {"by": last.actor, "at": last.at, "fields": fields, "form": moved}
        context = self.get_context_data(form=moved, conflict=conflict)
        self.template_name = self.conflict_template
        return self.render_to_response(context, status=409)


class VerbPage(FormPage, DetailPage):
    """One verb of a status flow; with a form where the verb needs words."""

    form_class: type[forms.BaseForm] = forms.Form
    verb_label: ClassVar[Any] = ""
    template_name = "components/verb_page.html"

    def get_verb_label(self) -> Any:
        return self.verb_label

    def get_title(self) -> Any:
        return self.get_verb_label()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label, back = self.get_verb_label(), self.record.get_absolute_url()
        return super().get_context_data(verb_label=label, back_url=back, **kwargs)


class RecordVerbPage(VerbPage):
    """A verb whose form carries the version of the record that its reader saw: a second click is told so."""

    form_class: type[forms.BaseForm] = VerbForm

    def form_arguments(self) -> dict[str, Any]:
        return {"record": self.record}

    def facts(self) -> Facts:
        """What one has to know before one does it."""
        return []

    def refusal(self) -> str:
        """Why the verb leads nowhere now, whoever asks and whatever is said; or nothing."""
        return ""

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        """Where the verb leads nowhere the page says why at once, without a form; what was typed can be copied."""
        if not (refusal := self.refusal()):
            return super().show(form, status=status)
        self.template_name = "components/verb_refused.html"
        context = self.get_context_data(refusal=refusal, typed=typed(form))
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=self.facts(), **kwargs)

    def stale(self, form: Any, present: Any) -> HttpResponse:
        """The words that were typed stay; the next click starts from what stands now."""
        self.record = present
        moved = form.moved_to(present)
        moved.is_valid()
        return super().stale(moved, present)

    def said(self, form: Any) -> dict[str, Any]:
        """What the form says to the service, and who says it."""
        return {**form.values(), "version": form.cleaned_data["version"] or 0, "by": self.request.user}


def typed(form: Any) -> list[tuple[Any, str]]:
    """What was typed into a form that was sent, box by box."""
    boxes = form.visible_fields() if form.is_bound else []
    return [(box.label, said) for box in boxes if (said := words(box.field, box.value()))]
