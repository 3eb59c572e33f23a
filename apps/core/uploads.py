"""A file between its upload and the person's yes to what it would change: the page that shows the preview needs it.

Only its sender finds it again. What nobody said yes to within a day is thrown away.
"""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from apps.core.files import check_size, plain_name
from apps.core.models import Upload

KEPT = timedelta(days=1)


class StalePreview(Exception):
    """What the file was to change has changed since the preview: what would be written is not what was shown."""


def keep_upload(*, purpose: str, name: str, content: bytes, by: Any, options: dict[str, Any] | None = None) -> Upload:
    """Keeps the file for its sender. Raises FileRefused where it is empty or too large."""
    check_size(len(content))
    upload = Upload.objects.create(
        purpose=purpose,
        name=plain_name(name),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        options=options or {},
        sent_by=by,
        sent_at=Now(),
    )
    upload.refresh_from_db(fields=["sent_at"])
    return upload


def find_upload(*, uid: UUID | str, purpose: str, by: Any) -> Upload | None:
    """One's own upload of this purpose; `bytes(upload.content)` is the file."""
    try:
        return Upload.objects.filter(uid=UUID(str(uid)), purpose=purpose, sent_by=by).first()
    except ValueError:
        return None


def still_waits(upload: Upload) -> bool:
    """Whether no other click has used the file; until the end of the transaction none can. Call it within one."""
    return Upload.objects.select_for_update().filter(pk=upload.pk).exists()


def drop_upload(*, upload: Upload, by: Any) -> None:
    """Throws the file away: it has been used, or it is not wanted."""
    Upload.objects.filter(pk=upload.pk, sent_by=by).delete()


def sweep_uploads() -> int:
    """Throws away what is older than a day, by the clock of the database; how many that were."""
    return Upload.objects.filter(sent_at__lt=Now() - KEPT).delete()[0]
