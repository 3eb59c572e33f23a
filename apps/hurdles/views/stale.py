"""Two people at one part of a hurdle: what was typed stays, what stands now is said beside it."""

from typing import Any

from django.utils.translation import gettext as _

from apps.hurdles import services


def mark_conflict(form: Any, present: Any) -> None:
    """Puts both texts into the form; it starts from `present` now, so that saving again is a choice."""
    for row in form.differences(type(form)(record=present)):
        words = _("Saved meanwhile by somebody else: %(text)s") % {"text": row["theirs"] or "－"}
        form.add_error(row["name"], words)
    form.data = form.data.copy()
    form.data["seen"] = services.seen_as(present)
    form.add_error(None, _("Somebody changed this in the meantime. Compare, and save again what is to stand."))
