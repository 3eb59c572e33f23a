"""What of a record's history a person may read: it names linked records, and some of them are not theirs to see."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from apps.core.history import OtherWords, event_model_of
from apps.hurdles.selectors import sees_every_link
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models import Indicator, Initiative, Policy
from apps.roadmap.selectors.records import policies_open_to
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE


def told_parts(record: Model, parts: Sequence[str], user: Any) -> list[str]:
    """These parts, without the links to hurdles where one that was ever linked is hidden from the person."""
    sees_all = sees_every_link(record, "hurdle_links", user)
    return [part for part in parts if part != "hurdle_links" or sees_all]


def indicator_names(record: Model) -> OtherWords:
    """The indicators of a vision or an initiative by name, removed ones included: their values go on being told."""

    def names(model: type[Model], _found: Mapping[Any, Any]) -> Mapping[Any, str]:
        if model is not Indicator:
            return {}
        events = event_model_of(Indicator).objects.filter(**{f"{record._meta.model_name}_id": record.pk})
        return dict(events.order_by("pgh_id").values_list("pgh_obj_id", "name"))

    return names


def tells_policy(initiative: Initiative, user: Any) -> bool:
    """Whether the person may see every policy that the initiative ever stood under."""
    events = event_model_of(Initiative).objects.filter(pgh_obj_id=initiative.pk, policy_id__isnull=False)
    ever = set(events.values_list("policy_id", flat=True))
    return policies_open_to(user, Policy.objects.filter(pk__in=ever)).count() == len(ever)


def state_before_end(initiative: Initiative) -> str:
    """The state in which it was before it was achieved or cancelled; a concept where the history knows none."""
    events = event_model_of(Initiative).objects.filter(pgh_obj_id=initiative.pk).exclude(status__in=CLOSED_INITIATIVE)
    last = events.order_by("-pgh_id").values_list("status", flat=True).first()
    return last or InitiativeStatus.CONCEPT
