"""Questions to owning units: which one stands now, whether one may be asked, and which are open."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.hurdles.choices import OPEN, HurdleStatus
from apps.hurdles.models import Hurdle, OwnerView
from apps.hurdles.selectors.hurdles import visible_to
from apps.hurdles.selectors.voices import last_questions
from apps.organization.models import Unit


def standing_question(hurdle: Hurdle, unit: Unit | None = None) -> OwnerView | None:
    """The last question to the present owning unit (or to `unit`), answered or not."""
    rows = OwnerView.objects.filter(hurdle=hurdle, unit=unit or hurdle.owning_unit, asked_on__lte=clock.today())
    return rows.order_by("-asked_on", "-pk").first()


def cannot_ask(hurdle: Hurdle, unit: Unit) -> str | None:
    """Why `unit` is not asked about this hurdle now; None where it may be."""
    return why_not_asked(hurdle, unit, standing_question(hurdle, unit))


def why_not_asked(hurdle: Hurdle, unit: Unit, last: OwnerView | None) -> str | None:
    """The same with the last question to the unit at hand."""
    if hurdle.status == HurdleStatus.DRAFT or hurdle.is_closed:
        return _("A draft or a hurdle that has come to an end is asked about no more.")
    if unit.pk == hurdle.reporting_unit_id:
        return _("The unit that has reported the hurdle owns it: nobody is asked, and all staff see it.")
    if last is None:
        return None
    if last.asked_on == clock.today():
        return _("This unit has been asked today already.")
    if not last.answer and last.due_on >= clock.today():
        return _("This unit has been asked already, and its date has not passed yet.")
    return None


def unasked_hurdles(user: Any) -> QuerySet[Hurdle]:
    """Hurdles that were taken up and not opened to all staff, whose owning unit, if any, nobody has asked yet."""
    asked = OwnerView.objects.filter(hurdle=OuterRef("pk"), unit=OuterRef("owning_unit"))
    hurdles = visible_to(user).filter(status=HurdleStatus.ORGANIZING, opened_on__isnull=True)
    return hurdles.exclude(owning_unit=F("reporting_unit")).exclude(Exists(asked)).select_related("reporting_unit")


def open_questions(user: Any) -> QuerySet[OwnerView]:
    """The unanswered last questions to present owning units, about open hurdles that `user` sees."""
    rows = last_questions().filter(answer="", hurdle__status__in=OPEN, unit=F("hurdle__owning_unit"))
    return (
        rows.filter(hurdle__in=visible_to(user))
        .select_related("hurdle__reporting_unit", "unit")
        .order_by("due_on", "pk")
    )
