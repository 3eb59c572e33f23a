"""Who sees a job and who ends it: the person who asked for it."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow


@rules.predicate
def has_a_role(user: Any) -> bool:
    return bool(user.role_kinds)


@rules.predicate
def has_asked(user: Any, job: Any) -> bool:
    return bool(job.asked_by_id == user.pk)


allow("core.view_jobs", has_a_role, _("Everybody with a role sees the jobs that they asked for."))
allow("core.view_job", has_asked, _("A job is seen by the person who asked for it."))
allow("core.cancel_job", has_asked, _("A job is cancelled by the person who asked for it."))
