"""Files of the request that a job has prepared: only who asked for one finds it, and for a day."""

from typing import Any
from uuid import UUID

from apps.core.models import Job, Upload
from apps.core.uploads import find_upload

PURPOSE = "budget.request"
EXPORT_REQUEST = "budget.export_request"
# The requests that are answered at once; a longer one is prepared by a job.
AT_ONCE = 200


def prepared_file(uid: UUID, user: Any) -> Upload | None:
    """One's own file."""
    return find_upload(uid=uid, purpose=PURPOSE, by=user)


def prepared_jobs(user: Any) -> list[Job]:
    """The last files that this person asked for, newest first."""
    return list(Job.objects.filter(kind=EXPORT_REQUEST, asked_by=user).order_by("-pk")[:5])
