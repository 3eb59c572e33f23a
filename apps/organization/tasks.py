"""What the calendar does by itself in the organisation."""

from celery import shared_task

from apps.organization.services.moving import move_to_successors


@shared_task(name="organization.move_to_successors")
def move_on_the_day() -> None:
    """Soon after midnight: whoever sits in a unit that ended yesterday sits in its successor today."""
    move_to_successors()
