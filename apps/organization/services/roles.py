"""A role goes from one person to the next."""

from datetime import date, timedelta
from typing import Any

from apps.organization.models import Role


def pass_on_role(*, key: str, person: Any, to: Any, day: date) -> None:
    """Ends the role on the eve and begins the same one for the successor; called within the act of the handover."""
    role = Role.objects.select_for_update().get(pk=key, user=person)
    ends = role.valid_to
    eve = day - timedelta(days=1)
    if ends is None or ends > eve:
        role.valid_to = eve
        role.save()
    else:
        ends = None
    same = Role.objects.filter(user=to, kind=role.kind, unit=role.unit).exclude(valid_to__lt=day)
    if not same.exists():
        Role.objects.create(user=to, kind=role.kind, unit=role.unit, valid_from=day, valid_to=ends)
