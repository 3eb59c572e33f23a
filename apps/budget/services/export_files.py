"""Files of the request that take longer: asked for in a moment, prepared by a worker, kept for a day."""

import hashlib
from typing import Any
from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from apps.budget.selectors.export_files import EXPORT_REQUEST, PURPOSE
from apps.core.fiscal import FiscalYear
from apps.core.jobs import ask_job
from apps.core.models import Job, Upload
from apps.core.permissions import require


def ask_for_request_file(*, fiscal_year: FiscalYear, kind: str, label: str, uid: UUID, by: Any) -> Job:
    """Puts the file down as a job; `uid` comes from the page: a button pressed twice is one job. Raises Forbidden."""
    require(by, EXPORT_REQUEST)
    return ask_job(
        kind=EXPORT_REQUEST,
        key=f"{EXPORT_REQUEST}:{by.pk}:{uid}:{kind}",
        title=_("%(year)s budget request (%(kind)s)") % {"year": fiscal_year, "kind": label},
        arguments={"year": int(fiscal_year), "kind": kind},
        by=by,
    )


def keep_request_file(*, name: str, content: bytes, by: Any) -> Upload:
    """Keeps what a job has prepared, for who asked for it; what is older than a day is thrown away."""
    return Upload.objects.create(
        purpose=PURPOSE,
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        sent_by=by,
        sent_at=Now(),
    )
