"""Files of a record. A row is never without its file; what is taken back is no longer handed out."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.files import check_size, plain_name
from apps.core.files.content import content_type_of
from apps.core.files.store import keep_file
from apps.core.history import act, declare_event
from apps.core.models import Attachment
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.record_kinds import kind_of, title_of
from apps.core.transitions import Unmet

ATTACHED = declare_event("core.attachment.added", gettext_lazy("Attached a file"))
WITHDRAWN = declare_event("core.attachment.withdrawn", gettext_lazy("Took a file back"))


def add_attachment(*, record: Any, name: str, content: bytes, by: Any, uid: UUID | None = None) -> Attachment:
    """A file for the record. Raises FileRefused, with nothing kept, where its content is not what its name says.

    The row comes first, so that of two clicks only one writes, and is seen by others only once the file is safe.
    """
    require(by, "core.add_attachment", record)
    check_size(len(content))
    plain = plain_name(name)
    content_type = content_type_of(plain, content)
    with act(ATTACHED, by=by):
        attachment = Attachment.objects.create(
            uid=uid or uuid4(),
            kind=kind_of(record).name,
            record=record.uid,
            name=plain,
            content_type=content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            added_by=by,
            added_at=clock.now(),
        )
        text = _("A file is attached to “%(record)s”.") % {"record": title_of(record)}
        tell_watchers(record, event=ATTACHED, text=text, by=by)
        keep_file(attachment.uid, content)
    return attachment


def withdraw_attachment(*, attachment: Attachment, by: Any, reason: str = "") -> Attachment:
    """Takes a file back: nobody opens it any more, and the history goes on naming it."""
    require(by, "core.withdraw_attachment", attachment)
    with act(WITHDRAWN, by=by, reason=reason):
        present = Attachment.objects.filter(pk=attachment.pk, withdrawn_at__isnull=True)
        if not present.update(withdrawn_at=clock.now()):
            raise Unmet(_("This has been taken back already."))
    attachment.refresh_from_db()
    return attachment
