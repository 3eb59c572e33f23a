"""What decides about a session: seats that are taken, people without attendance, the state before it was called off."""

from apps.core.history import event_model_of
from apps.training.choices import CAME, EnrolmentState, SessionState
from apps.training.models import Enrolment, Session


def has_roll(session: Session) -> bool:
    """Whether anybody stands on the roll, whatever came of it."""
    return Enrolment.objects.filter(session=session, archived_at__isnull=True).exists()


def has_results(session: Session) -> bool:
    """Whether the roll says of anybody whether they came."""
    rows = Enrolment.objects.filter(session=session, archived_at__isnull=True)
    return rows.filter(state__in=(*CAME, EnrolmentState.ABSENT)).exists()


def seats_taken(session: Session) -> int:
    """How many people have a seat. The true number: pages show it by the rule of five."""
    return Enrolment.objects.filter(session=session, state=EnrolmentState.ENROLLED, archived_at__isnull=True).count()


def state_before_calling_off(session: Session) -> str:
    """The state in which it was before it was called off; planned where the history knows none."""
    events = event_model_of(Session).objects.filter(pgh_obj_id=session.pk).exclude(state=SessionState.CANCELLED)
    last = events.order_by("-pgh_id").values_list("state", flat=True).first()
    return last or SessionState.PLANNED
