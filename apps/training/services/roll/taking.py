"""From the workbook into the roll: kept until it is confirmed, then written once."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.core import clock
from apps.core.models import Upload
from apps.core.permissions import require
from apps.core.uploads import drop_upload, find_upload, keep_upload, still_waits
from apps.training.models import RollImport, Session
from apps.training.services.roll.keeping import check_day, keep_roll
from apps.training.services.roll.planning import RollPlan, plan_lines
from apps.training.services.roll.reading import RollReading, read_roll

PERMISSION = "training.keep_roll"
PURPOSE = "training.roll"


def keep_workbook(*, session: Session, name: str, content: bytes, by: Any) -> tuple[Upload | None, RollReading]:
    """Keeps a workbook without faults until its preview is confirmed; of one with faults nothing is kept.

    Raises WorkbookRefused for what is no roll, FileRefused for what is no file, Unmet before the day.
    """
    require(by, PERMISSION, session)
    check_day(session)
    reading = read_roll(content, session)
    if reading.faults:
        return None, reading
    options = {"session": str(session.uid)}
    return keep_upload(purpose=PURPOSE, name=name, content=content, by=by, options=options), reading


def find_roll(uid: UUID, session: Session, by: Any) -> Upload | None:
    """One's own workbook for this session that waits for its confirmation."""
    upload = find_upload(uid=uid, purpose=PURPOSE, by=by)
    return upload if upload and upload.options.get("session") == str(session.uid) else None


def taken(uid: UUID, session: Session) -> bool:
    """Whether an earlier click has taken this workbook over."""
    return RollImport.objects.filter(uid=uid, session=session).exists()


def plan_workbook(upload: Upload, session: Session) -> RollPlan:
    """What the workbook would change, read anew; a constant number of queries for any number of rows."""
    return plan_lines(session, read_roll(bytes(upload.content), session).lines)


def take_over_roll(*, upload: Upload, session: Session, mark: str, by: Any) -> RollImport:
    """Writes what the preview showed in one act, whose reason is the name of the file; once, however often one clicks.

    Raises StalePreview where the roll has changed since the preview.
    """
    require(by, PERMISSION, session)
    with transaction.atomic():
        if not still_waits(upload):
            return RollImport.objects.get(uid=upload.uid)
        lines = read_roll(bytes(upload.content), session).lines
        plan = keep_roll(session=session, lines=lines, mark=mark, by=by, reason=upload.name)
        done = RollImport.objects.create(
            uid=upload.uid,
            session=session,
            name=upload.name,
            new=len(plan.new),
            changed=len(plan.changed),
            taken_by=by,
            taken_at=clock.now(),
        )
        drop_upload(upload=upload, by=by)
    return done
