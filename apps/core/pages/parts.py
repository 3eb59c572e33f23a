"""Two people at one part of a record: what was typed stays, what stands now is said beside it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from apps.core.pages.form import VerbPage
from apps.core.services import StalePart, seen_as


def mark_conflict(form: Any, present: Any) -> None:
    """Puts both texts into the form; it starts from `present` now, so that saving again is a choice."""
    for row in form.differences(type(form)(record=present)):
        words = _("Saved meanwhile by somebody else: %(text)s") % {"text": row["theirs"] or "－"}
        form.add_error(row["name"], words)
    form.data = form.data.copy()
    form.data["seen"] = seen_as(present)
    form.add_error(None, _("Somebody changed this in the meantime. Compare, and save again what is to stand."))


class SeenPart(VerbPage):
    """A page whose form says what it showed of `part`: what somebody has changed since is not written over."""

    part: Any = None

    def form_arguments(self) -> dict[str, Any]:
        return {"record": self.part}

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        form.initial["seen"] = seen_as(self.part)
        return super().show(form, status=status)

    def done(self, form: Any) -> HttpResponse:
        try:
            return self.save(form)
        except StalePart as stale:
            self.part = stale.present
            mark_conflict(form, stale.present)
            return self.show(form, status=409)

    def save(self, form: Any) -> HttpResponse:
        """Calls the service, which raises StalePart, and answers."""
        raise NotImplementedError
