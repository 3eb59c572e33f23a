"""Who adds to a record, and who takes back; whether one sees the record is asked before."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core.jobs.permissions import has_a_role
from apps.core.permissions import allow
from apps.core.record_kinds import kind_of, record_kinds


@rules.predicate
def may_write(user: Any, record: Any) -> bool:
    return bool(kind_of(record).may_write(user, record))


@rules.predicate
def has_written(user: Any, comment: Any) -> bool:
    return bool(comment.author_id == user.pk)


@rules.predicate
def has_added(user: Any, attachment: Any) -> bool:
    return bool(attachment.added_by_id == user.pk)


@rules.predicate
def may_tidy(user: Any, row: Any) -> bool:
    return row.kind in record_kinds and bool(record_kinds[row.kind].may_tidy(user))


allow("core.view_comments", has_a_role, _("Whoever sees a record sees its comments."))
allow(
    "core.add_comment",
    may_write,
    _("All staff who see a record comment on it; auditors and administrators change nothing."),
)
allow(
    "core.withdraw_comment",
    has_written | may_tidy,
    _("A comment is taken back by the person who wrote it, or by the secretariat."),
)
allow(
    "core.add_attachment",
    may_write,
    _("All staff who see a record attach files to it; auditors and administrators change nothing."),
)
allow("core.view_attachment", has_a_role, _("Whoever sees a record opens its files."))
allow(
    "core.withdraw_attachment",
    has_added | may_tidy,
    _("A file is taken back by the person who attached it, or by the secretariat."),
)
allow("core.watch_record", has_a_role, _("Whoever sees a record may watch it."))
allow("core.find_people", has_a_role, _("Everybody with a role finds colleagues by name."))
allow("core.view_notices", has_a_role, _("Everybody with a role sees the notices to them."))
