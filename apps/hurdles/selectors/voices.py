"""Reads of what sections say to a hurdle: the owning unit's view, and "ours too"."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.core import clock
from apps.hurdles.choices import OwnerAnswer
from apps.hurdles.models import Endorsement, Hurdle, OwnerView
from apps.hurdles.selectors.hurdles import submitted_hurdles

# What a question to the owning unit is before it is answered: its date is still to come, or has passed.
AWAITED = "awaited"
UNANSWERED = "unanswered"


def owner_view_state(view: OwnerView) -> str:
    """The answer, or whether it is still awaited. An answer due today is awaited until the day is over."""
    if view.answer:
        return OwnerAnswer(view.answer).value
    return UNANSWERED if view.due_on < clock.today() else AWAITED


def with_owner_view(hurdles: QuerySet[Any], state: str) -> QuerySet[Any]:
    """The hurdles of `hurdles` whose present owning unit has said so, by the last question that it was asked."""
    return hurdles.filter(owner_view_exists(state))


def owner_view_exists(state: str) -> Exists:
    """The same as a condition on a hurdle."""
    views = last_questions().filter(hurdle=OuterRef("pk"), unit=OuterRef("owning_unit"))
    if state == AWAITED:
        views = views.filter(answer="", due_on__gte=clock.today())
    elif state == UNANSWERED:
        views = views.filter(answer="", due_on__lt=clock.today())
    else:
        views = views.filter(answer=OwnerAnswer(state))
    return Exists(views)


def last_questions() -> QuerySet[OwnerView]:
    """The last question of each hurdle to each unit; what is to be asked later is not asked yet."""
    asked = OwnerView.objects.filter(asked_on__lte=clock.today())
    same = {name: OuterRef(name) for name in ("hurdle", "unit")}
    return asked.filter(~Exists(asked.filter(**same, asked_on__gt=OuterRef("asked_on"))))


def unanswered_views(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles whose owning unit was asked and has let the date pass without an answer."""
    return with_owner_view(submitted_hurdles(user), UNANSWERED)


def with_endorsements(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    """The hurdles of `hurdles` that another section has, too."""
    return hurdles.filter(Exists(Endorsement.objects.filter(hurdle=OuterRef("pk"))))


def counting_endorsements(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `endorsements_count`, how many other sections say "ours too"."""
    rows = Endorsement.objects.filter(hurdle=OuterRef("pk")).order_by().values("hurdle")
    count = Subquery(rows.annotate(count=Count("pk")).values("count"))
    return hurdles.annotate(endorsements_count=Coalesce(count, 0))


def endorsements_seen(user: Any) -> QuerySet[Endorsement]:
    """What sections say of the submitted hurdles that `user` sees: ours too."""
    return Endorsement.objects.filter(hurdle__in=submitted_hurdles(user))
