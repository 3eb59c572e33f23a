"""When the processes were last heard of, by the database's clock."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from apps.core.models import Heartbeat

# The dispatcher says so at every turn; worker and beat with every message of the beat, of which one may be lost.
FRESH: Mapping[str, timedelta] = {
    "dispatcher": timedelta(seconds=15),
    "worker": timedelta(seconds=70),
    "beat": timedelta(seconds=70),
}


def hear(*names: str) -> None:
    """Notes that these processes live."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=Now()) for name in names],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def fresh() -> set[str]:
    """The processes that were heard of lately."""
    lately = Q()
    for name, age in FRESH.items():
        lately |= Q(name=name, at__gt=Now() - age)
    return set(Heartbeat.objects.filter(lately).values_list("name", flat=True))
