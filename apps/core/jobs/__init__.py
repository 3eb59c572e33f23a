"""Jobs: what a person asks for and a worker does, once (docs/adr/0006).

An app declares a `JobKind` in its `tasks.py`; a service calls `ask_job` in its own transaction. The rest is here:
`dispatching` sends hints to the workers, `running` claims a row and does its work, `leases` keeps it meanwhile.
"""

from apps.core.jobs.asking import ask_job, cancel_job, visible_to
from apps.core.jobs.kinds import Finish, JobKind, JobRefused, job_kinds
from apps.core.jobs.work import Work

__all__ = ["Finish", "JobKind", "JobRefused", "Work", "ask_job", "cancel_job", "job_kinds", "visible_to"]
