"""What people add to any record: comments that call others, files, and watching.

Which records these are says `core.record_kinds`. A page shows all of it with `talk_context(record, user)` and
`components/talk.html`; a history with `entries_of(record, attached=TALK)`.
"""

from apps.core.talk import permissions
from apps.core.talk.attachments import add_attachment, withdraw_attachment
from apps.core.talk.comments import add_comment, withdraw_comment
from apps.core.talk.reading import TALK, talk_context
from apps.core.talk.watching import unwatch_record, watch_record

__all__ = [
    "TALK",
    "add_attachment",
    "add_comment",
    "permissions",
    "talk_context",
    "unwatch_record",
    "watch_record",
    "withdraw_attachment",
    "withdraw_comment",
]
