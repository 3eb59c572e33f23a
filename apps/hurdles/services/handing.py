"""A draft goes from the person who began it to the successor."""

from datetime import date
from typing import Any

from apps.core.services import save_version
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle


def pass_on_draft(*, key: str, person: Any, to: Any, day: date) -> None:
    """Called within the act of the handover; a draft that was submitted in the meantime stays as it is."""
    draft = Hurdle.objects.select_for_update().filter(uid=key, reporter=person, status=HurdleStatus.DRAFT).first()
    if draft is not None:
        save_version(draft, version=draft.version, changes={"reporter": to})
