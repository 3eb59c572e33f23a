"""The mid-year report of the demo city: a killed worker makes exactly one draft, with all of its files."""

import subprocess
import sys
import time

import pytest

from dxportal.embedded.places import PROJECT
from tests.faults.rig import Rig, wait_for

pytestmark = pytest.mark.django_db
ASK = """
import uuid
from apps.organization.models import User
from apps.reports.models import Report
from apps.reports.services import ask_for_draft
job = ask_for_draft(report=Report.objects.get(), uid=uuid.uuid4(), by=User.objects.get(employee_number="u006"))
print("job", job.pk)
"""
DRAFTS = """
    SELECT draft.number, count(file.id), min(length(file.content)) FROM reports_draft draft
    JOIN reports_draftfile file ON file.draft_id = draft.id GROUP BY draft.number
"""


def manage(rig: Rig, *arguments: str) -> str:
    """A management command on the rig's database."""
    argv = [sys.executable, "manage.py", *arguments]
    run = subprocess.run(argv, cwd=PROJECT, env=rig.environment(), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_a_killed_worker_makes_exactly_one_draft(rig: Rig) -> None:
    manage(rig, "load_city", "demo", "--as-of", "2022-10-14")
    pk = int(manage(rig, "shell", "-c", ASK).split("job")[1])
    rig.wait_for_progress(pk, 5)
    rig.kill("worker")
    assert rig.query(DRAFTS) == []
    rig.start("worker")
    took = wait_for(lambda: rig.job(pk)["state"] == "done", 40, "the draft")
    print(f"worker killed, draft after the restart: {took:.1f} s")
    time.sleep(1.5)  # in which a second worker would show itself
    ((number, files, smallest),) = rig.query(DRAFTS)
    assert (number, files) == (1, 3)
    assert smallest > 10_000
    assert rig.job(pk)["attempts"] == 2
