"""The pages of one's jobs, and what the portal says about the processes that do them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.core.choices import ENDED, JobState
from apps.core.jobs import JobKind, ask_job
from apps.core.jobs.heartbeats import hear
from apps.core.models import Heartbeat, Job
from apps.core.registry import Registry
from tests.factories import UserFactory, user_with
from tests.pages import form_of, ids_of, text_of

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def person() -> Any:
    return user_with("viewer", name="窓口 花子")


@pytest.fixture
def client(client_for: Callable[[Any], Client], person: Any) -> Client:
    return client_for(person)


def make_job(person: Any, state: JobState = JobState.WAITING, **fields: Any) -> Job:
    given = {"kind": "tests.count", "queue": "reports", "title": "中間報告の案", "key": str(uuid4()), **fields}
    if state == JobState.RUNNING:
        given = {"lease_until": Now() + 10 * SECOND, **given}
    if state == JobState.FAILED:
        given = {"reason": "年度の予算がまだありません。", **given}
    if state == JobState.DONE:
        given = {"result": {"url": "/reports/7/"}, "progress": 100, **given}
    return Job.objects.create(asked_by=person, state=state, **given)


class TestList:
    def test_ones_own_jobs_and_nobody_elses(self, client: Client, person: Any) -> None:
        make_job(person, title="自分の案")
        make_job(UserFactory(), title="他人の案")
        page = text_of(client.get("/jobs/"))
        assert "自分の案" in page
        assert "他人の案" not in page

    def test_each_row_leads_on(self, client: Client, person: Any) -> None:
        done = make_job(person, JobState.DONE)
        failed = make_job(person, JobState.FAILED)
        running = make_job(person, JobState.RUNNING, progress=40)
        page = text_of(client.get("/jobs/"))
        assert page.count('href="/reports/7/"') == 1
        assert page.count("年度の予算がまだありません。") == 1
        assert page.count("40%") == 1
        assert "100%" not in page
        for job in (done, failed, running):
            assert f'href="/jobs/{job.uid}/"' in page
        assert "chip--green" in page
        assert "chip--red" in page

    def test_the_real_day_and_hour_of_tokyo_on_the_demos_day_too(self, client: Client, person: Any) -> None:
        make_job(person, created_at=datetime(2026, 11, 23, 20, 5, tzinfo=UTC))
        assert "R8.11.24 05:05" in text_of(client.get("/jobs/"))

    @pytest.mark.parametrize("wanted", ["xlsx", "csv", "csv-cp932", "json"])
    def test_the_same_rows_as_a_file(self, wanted: str, client: Client, person: Any) -> None:
        make_job(person, JobState.FAILED)
        answer = client.get(f"/jobs/?format={wanted}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="jobs-')
        if wanted == "json":
            [row] = answer.json()
            assert (row["title"], row["reason"]) == ("中間報告の案", "年度の予算がまだありません。")

    def test_newest_first_and_by_state(self, client: Client, person: Any) -> None:
        old = make_job(person, created_at=Now() - 60 * SECOND, title="古い案")
        make_job(person, JobState.DONE, title="新しい案")
        page = text_of(client.get("/jobs/"))
        assert page.index("新しい案") < page.index("古い案")
        waiting = client.get("/jobs/?state=waiting&format=json").json()
        assert [row["title"] for row in waiting] == [old.title]
        assert client.get("/jobs/?state=nonsense").status_code == 400
        assert client.get("/jobs/?colour=red").status_code == 400

    def test_empty(self, client: Client) -> None:
        page = text_of(client.get("/jobs/"))
        assert 'class="empty"' in page
        assert "<table" not in page

    def test_queries_do_not_grow_with_the_rows(self, client: Client, person: Any) -> None:
        counts = []
        for more in (1, 30):
            for _each in range(more):
                make_job(person, JobState.DONE)
            client.get("/jobs/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/jobs/")
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_the_menu_leads_there_for_whoever_holds_a_role(self, client: Client, client_for: Any) -> None:
        assert 'href="/jobs/"' in text_of(client.get("/jobs/"))
        without = client_for(UserFactory())
        assert without.get("/jobs/").status_code == 403

    def test_a_stranger_signs_in_first(self) -> None:
        assert Client().get("/jobs/").headers["Location"].startswith("/accounts/login/")


class TestDetail:
    @pytest.mark.parametrize("state", JobState)
    def test_what_each_state_offers(self, state: JobState, client: Client, person: Any) -> None:
        job = make_job(person, state)
        page = text_of(client.get(f"/jobs/{job.uid}/"))
        goes_on = state not in ENDED
        assert str(state.label) in page
        assert ("js/jobs.js" in page) == goes_on
        assert (f'data-job="/jobs/{job.uid}/state.json"' in page) == goes_on
        assert (f'action="/jobs/{job.uid}/cancel/"' in page) == goes_on
        assert ("<noscript>" in page) == goes_on
        assert ("data-job-result hidden" in page) == (state != JobState.DONE)
        assert ('href="/reports/7/"' in page) == (state == JobState.DONE)
        assert ("年度の予算がまだありません。" in page) == (state == JobState.FAILED)

    def test_progress_is_a_bar_and_a_sentence_that_is_read_out(self, client: Client, person: Any) -> None:
        job = make_job(person, JobState.RUNNING, progress=62, step="図を描いています")
        page = text_of(client.get(f"/jobs/{job.uid}/"))
        assert '<progress class="progress" max="100" value="62"' in page
        assert 'aria-live="polite" data-job-words>図を描いています<' in page

    def test_words_of_the_work_are_words(self, client: Client, person: Any) -> None:
        nasty = '<script>alert("x")</script>'
        job = make_job(person, JobState.FAILED, title=nasty, reason=nasty)
        page = text_of(client.get(f"/jobs/{job.uid}/"))
        assert nasty not in page
        assert "&lt;script&gt;" in page
        assert nasty not in text_of(client.get("/jobs/"))

    def test_no_id_twice(self, client: Client, person: Any) -> None:
        ids = ids_of(client.get(f"/jobs/{make_job(person).uid}/"))
        assert len(ids) == len(set(ids))


class TestStateNow:
    def test_exactly_what_the_script_shows(self, client: Client, person: Any) -> None:
        job = make_job(person, JobState.RUNNING, progress=30, step="章 2／6")
        answer = client.get(f"/jobs/{job.uid}/state.json")
        assert answer.json() == {
            "state": "running",
            "label": str(JobState.RUNNING.label),
            "chip": "blue half",
            "words": "章 2／6",
            "progress": 30,
            "ended": False,
            "reason": "",
            "result_url": "",
        }
        assert answer.headers["Cache-Control"] == "no-store"

    def test_the_end(self, client: Client, person: Any) -> None:
        done = client.get(f"/jobs/{make_job(person, JobState.DONE).uid}/state.json").json()
        assert (done["ended"], done["result_url"], done["progress"]) == (True, "/reports/7/", 100)
        failed = client.get(f"/jobs/{make_job(person, JobState.FAILED).uid}/state.json").json()
        assert (failed["ended"], failed["reason"], failed["result_url"]) == (True, "年度の予算がまだありません。", "")

    def test_it_asks_little(self, client: Client, person: Any, django_assert_num_queries: Any) -> None:
        job = make_job(person)
        with django_assert_num_queries(3):  # session, person, job
            client.get(f"/jobs/{job.uid}/state.json")


class TestOthers:
    @pytest.mark.parametrize("state", JobState)
    @pytest.mark.parametrize("rest", ["", "state.json", "cancel/"])
    def test_somebody_elses_job_does_not_exist(self, rest: str, state: JobState, client_for: Any) -> None:
        job = make_job(UserFactory(), state)
        other = client_for(user_with("secretariat", "administrator", "chief"))
        for answer in (other.get(f"/jobs/{job.uid}/{rest}"), other.post(f"/jobs/{job.uid}/{rest}")):
            assert answer.status_code == 404
        missing = other.get(f"/jobs/{uuid4()}/{rest}")
        assert missing.status_code == 404
        job.refresh_from_db()
        assert (job.state, job.cancel_asked) == (state, False)


class TestCancelling:
    def test_a_waiting_job_ends_at_once(self, client: Client, person: Any) -> None:
        job = make_job(person)
        page = client.post(f"/jobs/{job.uid}/cancel/", follow=True)
        assert page.redirect_chain == [(f"/jobs/{job.uid}/", 302)]
        job.refresh_from_db()
        assert job.state == JobState.CANCELLED
        assert str(JobState.CANCELLED.label) in text_of(page)

    def test_a_running_one_is_asked_to_stop(self, client: Client, person: Any) -> None:
        job = make_job(person, JobState.RUNNING, step="章 2／6")
        page = text_of(client.post(f"/jobs/{job.uid}/cancel/", follow=True))
        job.refresh_from_db()
        assert (job.state, job.cancel_asked) == (JobState.RUNNING, True)
        assert "章 2／6" not in page
        assert f'action="/jobs/{job.uid}/cancel/"' not in page, "once is enough"

    @pytest.mark.parametrize("state", ENDED)
    def test_an_ended_one_says_why_not(self, state: JobState, client: Client, person: Any) -> None:
        job = make_job(person, state)
        answer = client.post(f"/jobs/{job.uid}/cancel/")
        assert answer.status_code == 422
        assert str(state.label) in text_of(answer)
        job.refresh_from_db()
        assert job.state == state

    def test_asked_once_more_without_the_button(self, client: Client, person: Any) -> None:
        job = make_job(person)
        page = client.get(f"/jobs/{job.uid}/cancel/")
        assert form_of(page, "csrfmiddlewaretoken")
        job.refresh_from_db()
        assert job.state == JobState.WAITING

    def test_the_button_carries_the_token(self, person: Any) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        job = make_job(person)
        url = f"/jobs/{job.uid}/cancel/"
        assert strict.post(url).status_code == 403
        assert Job.objects.get().state == JobState.WAITING
        page = strict.get(f"/jobs/{job.uid}/")
        assert text_of(page).count("csrfmiddlewaretoken") == 2, "of signing out, and of this button"
        assert strict.post(url, form_of(page, "csrfmiddlewaretoken")).status_code == 302
        assert Job.objects.get().state == JobState.CANCELLED


class TestReady:
    def test_processes_are_named_and_do_not_block(self) -> None:
        ready = Client().get("/readyz")
        assert ready.status_code == 200
        assert ready.json() == {
            "status": "ok",
            "database": "ok",
            "broker": "ok",
            "dispatcher": "degraded",
            "worker": "degraded",
            "beat": "degraded",
        }

    def test_each_by_itself(self) -> None:
        hear("dispatcher", "worker", "beat")
        Heartbeat.objects.filter(name="worker").update(at=Now() - 71 * SECOND)
        parts = Client().get("/readyz").json()
        assert [parts[name] for name in ("dispatcher", "worker", "beat")] == ["ok", "degraded", "ok"]
        Heartbeat.objects.filter(name="dispatcher").update(at=Now() - 16 * SECOND)
        assert Client().get("/readyz").json()["dispatcher"] == "degraded"


class Hole:
    """A broker that accepts and never answers."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.accepted: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                self.accepted.append(self.socket.accept()[0])
            except OSError:
                return

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.socket.getsockname()[1]}/0"

    def close(self) -> None:
        self.socket.close()
        for each in self.accepted:
            each.close()


@pytest.fixture
def hole(settings: Any) -> Iterator[Hole]:
    black = Hole()
    settings.REDIS_URL = settings.CELERY_BROKER_URL = black.url
    yield black
    black.close()


class TestWithoutBroker:
    def test_no_request_waits_for_the_broker_or_even_asks_it(
        self, hole: Hole, client: Client, person: Any, monkeypatch: Any
    ) -> None:
        kinds: Registry[JobKind] = Registry()
        kinds.add(JobKind("tests.count", "数える", queue="reports", run=lambda work: dict))
        monkeypatch.setattr("apps.core.jobs.asking.job_kinds", kinds)
        started = time.monotonic()
        job = ask_job(kind="tests.count", key="one", title="案", arguments={}, by=person)
        assert client.get("/jobs/").status_code == 200
        assert client.get(f"/jobs/{job.uid}/").status_code == 200
        assert client.get(f"/jobs/{job.uid}/state.json").json()["state"] == "waiting"
        assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 302
        assert time.monotonic() - started < 3
        assert hole.accepted == []

    def test_who_asks_whether_it_is_there_hears_in_time_that_it_is_not(self, hole: Hole) -> None:
        started = time.monotonic()
        ready = Client().get("/readyz")
        assert time.monotonic() - started < 3
        assert (ready.status_code, ready.json()["broker"]) == (200, "degraded")
        assert len(hole.accepted) == 1
