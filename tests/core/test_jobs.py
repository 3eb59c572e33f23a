"""Jobs: asked for once, claimed once, finished once, and ended with words that a person understands."""

import base64
import json
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now

from apps.core.choices import ENDED, JobState
from apps.core.fiscal import FiscalYear
from apps.core.jobs import Finish, JobKind, JobRefused, Work, ask_job, cancel_job, job_kinds, visible_to
from apps.core.jobs.broker import Broker
from apps.core.jobs.dispatching import RESEND_AFTER, Dispatcher, mark_due, release_expired
from apps.core.jobs.heartbeats import fresh, hear
from apps.core.jobs.leases import extend_lease, kept_lease
from apps.core.jobs.running import claim, complete, fail, run_job
from apps.core.jobs.work import Cancelled, LeaseLost
from apps.core.models import Heartbeat, Job, NumberSeries
from apps.core.models.number import next_number
from apps.core.permissions import Forbidden
from apps.core.registry import Registry
from apps.core.transitions import WrongState
from tests.factories import UserFactory, user_with
from tests.together import at_once

YEAR = FiscalYear(2022)
SECOND = timedelta(seconds=1)


class Script:
    """What the work of these tests does; each test writes its own."""

    def __init__(self) -> None:
        self.run: Callable[[Work], Any] = lambda work: None
        self.finish: Callable[[Work], Any] = lambda work: None
        self.attempts = 0

    def __call__(self, work: Work) -> Finish:
        self.attempts += 1
        self.run(work)

        def finish() -> dict[str, Any]:
            number = next_number("Z", YEAR)
            self.finish(work)
            return {"url": f"/reports/{number}/", "by": work.by.name}

        return finish


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """The work of the kind `tests.count`, in a registry that this test has to itself."""
    written = Script()
    kinds: Registry[JobKind] = Registry()
    kinds.add(JobKind("tests.count", "数える", queue="reports", run=written))
    kinds.add(JobKind("tests.guarded", "数える", queue="default", run=written, permission="hurdles.organize_hurdle"))
    for module in ("asking", "running"):
        monkeypatch.setattr(f"apps.core.jobs.{module}.job_kinds", kinds)
    return written


def make_job(**fields: Any) -> Job:
    """A row as it is in some state; `ask` makes one as a person does."""
    count = Job.objects.count()
    given = {"kind": "tests.count", "key": f"key-{count}", "queue": "reports", "title": "数える", **fields}
    given.setdefault("asked_by", None)
    given["asked_by"] = given["asked_by"] or UserFactory()
    if given.get("state") == JobState.RUNNING:
        given = {"lease_until": Now() + 10 * SECOND, "attempts": 1, "fence": 1, **given}
    if given.get("state") == JobState.FAILED:
        given.setdefault("reason", "できませんでした。")
    return Job.objects.create(**given)


def ask(by: Any, key: str = "one", **changes: Any) -> Job:
    given = {"kind": "tests.count", "key": key, "title": "数える", "arguments": {"n": 1}, **changes}
    return ask_job(by=by, **given)


def fresh_row(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def marks() -> int:
    """How many results there are."""
    return sum(NumberSeries.objects.filter(prefix="Z").values_list("last", flat=True))


class RowLock:
    """Somebody else's transaction that holds a row: a worker that writes its result."""

    def __init__(self, job: Job) -> None:
        self.job, self.held, self.free = job, threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._hold)

    def _hold(self) -> None:
        try:
            with transaction.atomic():
                Job.objects.select_for_update().get(pk=self.job.pk)
                self.held.set()
                self.free.wait(20)
        finally:
            connection.close()

    def __enter__(self) -> None:
        self.thread.start()
        assert self.held.wait(10)

    def __exit__(self, *_error: object) -> None:
        self.free.set()
        self.thread.join(10)


@pytest.mark.django_db
class TestAsking:
    def test_one_row_with_the_queue_of_its_kind(self, script: Script) -> None:
        person = UserFactory()
        job = ask(person, title="中間報告の案　第1版")
        assert (job.kind, job.queue, job.state, job.attempts) == ("tests.count", "reports", "waiting", 0)
        assert (job.title, job.arguments, job.asked_by) == ("中間報告の案　第1版", {"n": 1}, person)
        assert job.sent_at is None
        assert job.created_at is not None

    def test_the_same_key_gives_the_first_row(self, script: Script) -> None:
        person = UserFactory()
        first = ask(person, title="先")
        assert ask(person, title="後") == first
        assert ask(person, key="other") != first
        assert sorted(Job.objects.values_list("title", flat=True)) == ["先", "数える"]

    def test_an_ended_job_is_not_begun_anew_by_its_key(self, script: Script) -> None:
        person = UserFactory()
        run_job(ask(person).pk)
        assert ask(person).state == JobState.DONE
        assert Job.objects.count() == 1

    def test_who_may_not_ask_writes_nothing(self, script: Script) -> None:
        with pytest.raises(Forbidden, match="整理を始められるのは事務局です。"):
            ask(user_with("viewer"), kind="tests.guarded")
        assert not Job.objects.exists()
        assert ask(user_with("secretariat"), kind="tests.guarded").queue == "default"

    def test_an_unknown_kind_is_a_mistake_of_the_program(self, script: Script) -> None:
        with pytest.raises(KeyError):
            ask(UserFactory(), kind="tests.none")
        assert not Job.objects.exists()

    def test_a_queue_that_no_worker_takes_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no worker takes the queue 'report'"):
            JobKind("tests.odd", "", queue="report", run=Script())

    def test_it_belongs_to_the_transaction_of_who_asks(self, script: Script) -> None:
        with transaction.atomic():
            ask(UserFactory())
            transaction.set_rollback(True)
        assert not Job.objects.exists()

    def test_one_sees_ones_own(self, script: Script) -> None:
        person, other = UserFactory(), UserFactory()
        mine = ask(person)
        ask(other, key="theirs")
        assert list(visible_to(person)) == [mine]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_row(script: Script) -> None:
    person = UserFactory()
    jobs = at_once(*[lambda: ask(person)] * 4)
    assert len(jobs) == 4
    assert len({job.pk for job in jobs}) == 1
    assert Job.objects.count() == 1


@pytest.mark.django_db
class TestCancelling:
    @pytest.mark.parametrize("state", JobState)
    @pytest.mark.parametrize("whose", ["own", "other's"])
    def test_every_state_and_person(self, state: JobState, whose: str) -> None:
        person = user_with("secretariat")
        job = make_job(state=state, asked_by=person if whose == "own" else None)
        if whose != "own":
            with pytest.raises(Forbidden):
                cancel_job(job=job, by=person)
            assert (fresh_row(job).state, fresh_row(job).cancel_asked) == (state, False)
        elif state in ENDED:
            with pytest.raises(WrongState, match=str(state.label)):
                cancel_job(job=job, by=person)
            assert fresh_row(job).state == state
        else:
            cancel_job(job=job, by=person)
            expected = (JobState.CANCELLED, False) if state == JobState.WAITING else (JobState.RUNNING, True)
            assert (job.state, job.cancel_asked) == expected
            assert (job.ended_at is not None) == job.has_ended

    def test_twice_is_once(self) -> None:
        job = make_job(state=JobState.RUNNING)
        cancel_job(job=job, by=job.asked_by)
        cancel_job(job=job, by=job.asked_by)
        assert (job.state, job.cancel_asked) == (JobState.RUNNING, True)

    def test_a_cancelled_job_is_not_claimed(self) -> None:
        job = make_job()
        cancel_job(job=job, by=job.asked_by)
        assert claim(job.pk) is None

    def test_a_running_job_stops_at_its_next_step(self, script: Script) -> None:
        job, steps = make_job(), []

        def run(work: Work) -> None:
            work.progress(10, "一")
            steps.append(1)
            cancel_job(job=fresh_row(job), by=job.asked_by)
            work.progress(20, "二")
            steps.append(2)

        script.run = run
        run_job(job.pk)
        assert steps == [1]
        ended = fresh_row(job)
        assert (ended.state, ended.reason, ended.result, ended.progress) == ("cancelled", "", None, 10)
        assert ended.ended_at
        assert marks() == 0

    def test_after_the_last_step_there_is_still_no_result(self, script: Script) -> None:
        job = make_job()
        script.run = lambda work: cancel_job(job=fresh_row(job), by=job.asked_by)
        run_job(job.pk)
        assert fresh_row(job).state == JobState.CANCELLED
        assert marks() == 0

    def test_one_that_fails_anyhow_is_cancelled_and_not_tried_again(self, script: Script) -> None:
        job = make_job()

        def run(work: Work) -> None:
            cancel_job(job=fresh_row(job), by=job.asked_by)
            raise ValueError

        script.run = run
        run_job(job.pk)
        assert fresh_row(job).state == JobState.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_cancelling_while_the_result_is_written_is_refused_in_words() -> None:
    job = make_job(state=JobState.RUNNING)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        with RowLock(job), pytest.raises(WrongState):
            cancel_job(job=job, by=job.asked_by)
    finally:
        connection.close()  # the next one has the usual patience again
    assert not fresh_row(job).cancel_asked


@pytest.mark.django_db
class TestClaiming:
    def test_it_raises_fence_and_attempts_and_begins_anew(self) -> None:
        job = make_job(attempts=1, fence=4, progress=80, step="八", reason="前の試み")
        claimed = claim(job.pk)
        assert claimed
        assert (claimed.state, claimed.fence, claimed.attempts) == (JobState.RUNNING, 5, 2)
        assert (claimed.progress, claimed.step) == (0, "")
        assert claimed.lease_until - claimed.started_at == 10 * SECOND
        host, _colon, process = claimed.worker.rpartition(":")
        assert host
        assert process.isdecimal()

    @pytest.mark.parametrize("state", [state for state in JobState if state != JobState.WAITING])
    def test_only_what_waits(self, state: JobState) -> None:
        job = make_job(state=state)
        assert claim(job.pk) is None
        assert (fresh_row(job).state, fresh_row(job).fence) == (state, job.fence)

    def test_not_before_its_time(self) -> None:
        job = make_job(not_before=Now() + 60 * SECOND)
        assert claim(job.pk) is None
        Job.objects.update(not_before=Now() - SECOND)
        assert claim(job.pk)

    def test_not_a_fourth_time(self) -> None:
        assert claim(make_job(attempts=3).pk) is None

    def test_a_hint_about_nothing_changes_nothing(self) -> None:
        assert claim(10**9) is None
        run_job(10**9)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_and_one_has_it() -> None:
    job = make_job()
    claimed = at_once(*[lambda: claim(job.pk)] * 4)
    assert len(claimed) == 4
    assert [each.fence for each in claimed if each] == [1]
    assert (fresh_row(job).attempts, fresh_row(job).fence) == (1, 1)


def second_worker(job: Job) -> Work:
    """The lease of the first worker has run out, the dispatcher has noticed, and another one has the row now."""
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - SECOND)
    release_expired()
    claimed = claim(job.pk)
    assert claimed
    return Work(claimed)


@pytest.mark.django_db
class TestWorking:
    def test_state_and_result_come_together(self, script: Script) -> None:
        job = make_job(asked_by=UserFactory(name="事務 太郎"))
        seen = []

        def run(work: Work) -> None:
            work.progress(50, "章 1／2")
            seen.append((fresh_row(job).progress, fresh_row(job).step))

        script.run = run
        run_job(job.pk)
        done = fresh_row(job)
        assert seen == [(50, "章 1／2")]
        assert (done.state, done.progress, done.step, done.reason) == ("done", 100, "", "")
        assert done.result == {"url": "/reports/Z-2022-0001/", "by": "事務 太郎"}
        assert (done.result_url, done.lease_until) == ("/reports/Z-2022-0001/", None)
        assert done.ended_at >= done.started_at
        assert marks() == 1

    def test_a_second_hint_does_nothing(self, script: Script) -> None:
        job = make_job()
        run_job(job.pk)
        run_job(job.pk)
        assert (script.attempts, marks()) == (1, 1)

    def test_a_finish_that_fails_leaves_nothing_behind(self, script: Script) -> None:
        job = make_job()
        script.finish = lambda work: 1 / 0
        run_job(job.pk)
        assert marks() == 0
        assert fresh_row(job).state == JobState.WAITING
        assert fresh_row(job).result is None

    def test_three_attempts_then_failed_with_words(self, script: Script, caplog: Any) -> None:
        job = make_job()
        script.run = lambda work: {}["missing"]
        pauses = []
        for _each in range(5):
            run_job(job.pk)
            row = fresh_row(job)
            if row.not_before and row.state == JobState.WAITING:
                pauses.append(round((row.not_before - row.started_at).total_seconds()))
                assert row.sent_at is None
            Job.objects.update(not_before=None)
        assert (script.attempts, pauses) == (3, [2, 4])
        assert (row.state, row.attempts) == (JobState.FAILED, 3)
        assert "KeyError" in row.reason
        assert str(job.pk) in row.reason
        assert row.ended_at
        assert caplog.text.count("Traceback") == 3
        assert marks() == 0

    def test_a_later_attempt_that_succeeds_forgets_the_reason(self, script: Script) -> None:
        job = make_job()
        script.run = lambda work: 1 / 0
        run_job(job.pk)
        assert fresh_row(job).reason
        Job.objects.update(not_before=None)
        script.run = lambda work: None
        run_job(job.pk)
        assert (fresh_row(job).state, fresh_row(job).reason, marks()) == (JobState.DONE, "", 1)

    @pytest.mark.parametrize("where", ["run", "finish"])
    def test_what_is_refused_is_not_tried_again(self, where: str, script: Script) -> None:
        def refuse(work: Work) -> None:
            raise JobRefused("年度の予算がまだありません。")

        setattr(script, where, refuse)
        job = make_job()
        run_job(job.pk)
        row = fresh_row(job)
        assert (row.state, row.attempts, row.reason) == ("failed", 1, "年度の予算がまだありません。")
        assert marks() == 0

    def test_work_that_takes_too_long_says_so(self, script: Script) -> None:
        def run(work: Work) -> None:
            raise SoftTimeLimitExceeded

        script.run = run
        job = make_job(attempts=2)
        run_job(job.pk)
        row = fresh_row(job)
        assert row.state == JobState.FAILED
        assert "10" in row.reason
        assert "SoftTime" not in row.reason

    def test_a_kind_that_this_worker_does_not_know_is_given_back(self, script: Script) -> None:
        job = make_job(kind="tests.of_a_newer_version")
        run_job(job.pk)
        assert fresh_row(job).state == JobState.WAITING

    def test_progress_is_not_told_inside_a_transaction(self, script: Script) -> None:
        job = make_job()
        work = Work(claim(job.pk))
        with pytest.raises(RuntimeError), transaction.atomic():
            work.progress(50, "半分")
        assert fresh_row(job).progress == 0


@pytest.mark.django_db
class TestFence:
    def test_an_old_worker_writes_nothing(self, script: Script) -> None:
        job = make_job()
        old = Work(claim(job.pk))
        new = second_worker(job)
        new.progress(70, "新しい方")
        before = fresh_row(job)
        with pytest.raises(LeaseLost):
            old.progress(10, "古い方")
        with pytest.raises(LeaseLost):
            complete(old, script(old))
        fail(old, "古い方の失敗")
        fail(old, "古い方の失敗", final=True)
        assert not extend_lease(old)
        after = fresh_row(job)
        assert {name: getattr(after, name) for name in FIELDS} == {name: getattr(before, name) for name in FIELDS}
        assert marks() == 0
        complete(new, script(new))
        assert (fresh_row(job).state, marks()) == (JobState.DONE, 1)

    def test_an_old_worker_writes_nothing_after_the_end_either(self, script: Script) -> None:
        job = make_job()
        old = Work(claim(job.pk))
        new = second_worker(job)
        complete(new, script(new))
        with pytest.raises(LeaseLost):
            complete(old, script(old))
        assert (fresh_row(job).result["url"], marks()) == ("/reports/Z-2022-0001/", 1)

    def test_a_worker_that_lost_its_lease_stops_silently(self, script: Script) -> None:
        job = make_job()
        others = []

        def run(work: Work) -> None:
            others.append(second_worker(job))
            work.progress(50, "続ける")

        script.run = run
        run_job(job.pk)
        row = fresh_row(job)
        assert (row.state, row.attempts, row.fence, row.progress) == (JobState.RUNNING, 2, 2, 0)
        assert marks() == 0

    def test_why_it_ends(self) -> None:
        job = make_job()
        work = Work(claim(job.pk))
        Job.objects.update(cancel_asked=True)
        with pytest.raises(Cancelled):
            work.progress(1, "")
        Job.objects.update(state=JobState.CANCELLED, ended_at=Now())
        with pytest.raises(LeaseLost):
            work.progress(1, "")


FIELDS = [field.attname for field in Job._meta.concrete_fields]


@pytest.mark.django_db(transaction=True)
class TestLease:
    def test_it_is_extended_until_the_work_ends(self) -> None:
        job = make_job()
        work = Work(claim(job.pk))
        with kept_lease(work, pause=0.05):
            first = self.wait_for_extension(job, work.job.lease_until)
            self.wait_for_extension(job, first)
            assert fresh() == {"worker"}
        assert not any(thread.name == "lease" for thread in threading.enumerate())

    def test_it_survives_the_loss_of_its_connection(self) -> None:
        job = make_job()
        work = Work(claim(job.pk))
        with kept_lease(work, pause=0.05):
            first = self.wait_for_extension(job, work.job.lease_until)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                assert cursor.fetchone()[0] >= 1
            self.wait_for_extension(job, first)

    def test_it_ends_where_somebody_else_has_the_job(self) -> None:
        job = make_job()
        work = Work(claim(job.pk))
        Job.objects.update(fence=9)
        before = fresh_row(job).lease_until
        with kept_lease(work, pause=0.05):
            for thread in [each for each in threading.enumerate() if each.name == "lease"]:
                thread.join(5)
                assert not thread.is_alive()
        assert fresh_row(job).lease_until == before

    def wait_for_extension(self, job: Job, before: Any) -> Any:
        for _each in range(200):
            if (now := fresh_row(job).lease_until) > before:
                return now
            threading.Event().wait(0.02)
        raise AssertionError("the lease is not extended")


@pytest.mark.django_db
class TestExpiredLeases:
    @pytest.mark.parametrize("attempts", [1, 2])
    def test_given_back_at_once(self, attempts: int) -> None:
        job = make_job(
            state=JobState.RUNNING, lease_until=Now() - SECOND, attempts=attempts, sent_at=Now(), not_before=Now()
        )
        release_expired()
        row = fresh_row(job)
        assert (row.state, row.attempts, row.sent_at, row.lease_until) == (JobState.WAITING, attempts, None, None)
        assert row.not_before is None
        assert row.reason

    def test_failed_after_the_third_time(self) -> None:
        job = make_job(state=JobState.RUNNING, lease_until=Now() - SECOND, attempts=3)
        release_expired()
        row = fresh_row(job)
        assert row.state == JobState.FAILED
        assert row.reason
        assert row.ended_at

    def test_cancelled_where_nobody_wants_it_any_more(self) -> None:
        job = make_job(state=JobState.RUNNING, lease_until=Now() - SECOND, cancel_asked=True)
        release_expired()
        assert fresh_row(job).state == JobState.CANCELLED

    def test_a_lease_that_holds_is_left_alone(self) -> None:
        job = make_job(state=JobState.RUNNING, lease_until=Now() + SECOND)
        release_expired()
        assert fresh_row(job).state == JobState.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_row_whose_result_is_being_written_is_left_alone() -> None:
    job = make_job(state=JobState.RUNNING, lease_until=Now() - SECOND)
    with RowLock(job):
        release_expired()
        assert mark_due(["reports"]) == []
    assert fresh_row(job).state == JobState.RUNNING


@pytest.fixture
def hints() -> Iterator[Callable[[str], list[int]]]:
    """`hints("reports")`: the ids that lie in a queue of the real broker."""
    client = redis.Redis.from_url(settings.REDIS_URL)

    def of(queue: str) -> list[int]:
        messages = [json.loads(each) for each in reversed(client.lrange(queue, 0, -1))]
        assert {each["headers"]["task"] for each in messages} <= {"core.run_job"}
        return [json.loads(base64.b64decode(each["body"]))[0][0] for each in messages]

    client.delete("default", "reports")
    of.clear = lambda: client.delete("default", "reports")  # type: ignore[attr-defined]
    yield of
    client.delete("default", "reports")
    client.close()


@pytest.fixture
def dispatcher() -> Dispatcher:
    return Dispatcher(Broker())


def settings_of_broker(url: str) -> Dispatcher:
    """A dispatcher whose broker is at another address."""
    broker = Broker()
    broker._celery.conf.broker_url = url
    return Dispatcher(broker)


@pytest.mark.django_db
class TestDispatching:
    def test_what_waits_is_sent_once_to_its_queue(self, dispatcher: Dispatcher, hints: Any) -> None:
        first, second, other = make_job(), make_job(), make_job(queue="default")
        for state in JobState:
            if state != JobState.WAITING:
                make_job(state=state)
        make_job(not_before=Now() + 60 * SECOND)
        for _turn in range(3):
            dispatcher.turn()
        assert (hints("reports"), hints("default")) == ([first.pk, second.pk], [other.pk])
        assert set(Job.objects.filter(sent_at__isnull=False)) == {first, second, other}

    def test_a_hint_that_got_lost_is_sent_again(self, dispatcher: Dispatcher, hints: Any) -> None:
        job = make_job(sent_at=Now() - RESEND_AFTER + SECOND)
        dispatcher.turn()
        assert hints("reports") == []
        Job.objects.update(sent_at=Now() - RESEND_AFTER - SECOND)
        dispatcher.turn()
        assert hints("reports") == [job.pk]

    def test_hints_do_not_pile_up_where_no_worker_takes_them(self, dispatcher: Dispatcher, hints: Any) -> None:
        old = make_job()
        for _each in range(5):
            dispatcher.turn()
            Job.objects.update(sent_at=Now() - 60 * SECOND)
        new = make_job()
        dispatcher.turn()
        assert hints("reports") == [old.pk, new.pk]
        hints.clear()
        Job.objects.update(sent_at=Now() - 60 * SECOND)
        dispatcher.turn()
        assert hints("reports") == [old.pk, new.pk]

    def test_an_expired_lease_is_sent_in_the_same_turn(self, dispatcher: Dispatcher, hints: Any) -> None:
        job = make_job(state=JobState.RUNNING, lease_until=Now() - SECOND, sent_at=Now())
        dispatcher.turn()
        assert hints("reports") == [job.pk]

    def test_the_worker_understands_the_hint(self, dispatcher: Dispatcher, hints: Any, script: Script) -> None:
        job = make_job()
        dispatcher.turn()
        run_job(hints("reports")[0])
        assert fresh_row(job).state == JobState.DONE

    def test_a_broker_that_is_away_only_delays(self, hints: Any, caplog: Any) -> None:
        dispatcher = settings_of_broker("redis+socket:///nowhere/v.sock?virtual_host=0")
        job = make_job()
        for _turn in range(3):
            dispatcher.turn()
        assert fresh_row(job).sent_at is None
        assert fresh() == {"dispatcher"}
        dispatcher.broker = Broker()
        dispatcher.turn()
        dispatcher.turn()
        assert hints("reports") == [job.pk]
        said = [(each.levelno, each.getMessage().partition(",")[0]) for each in caplog.records]
        assert said == [(logging.ERROR, "The broker is away"), (logging.WARNING, "The broker is back.")]

    def test_a_broker_that_goes_away_in_the_middle(self, dispatcher: Dispatcher, hints: Any, monkeypatch: Any) -> None:
        jobs = [make_job() for _each in range(3)]
        send = hints_then_error = []

        def once(line: Any, pk: int, queue: str) -> None:
            hints_then_error.append(pk)
            if len(hints_then_error) == 2:
                raise OSError("Connection reset by peer")

        monkeypatch.setattr("apps.core.jobs.broker.Line.send", once)
        dispatcher.turn()
        assert send == [jobs[0].pk, jobs[1].pk]
        assert [fresh_row(job).sent_at is None for job in jobs] == [False, True, True]

    def test_nothing_to_send_asks_no_broker(self, caplog: Any) -> None:
        dispatcher = settings_of_broker("redis+socket:///nowhere/v.sock?virtual_host=0")
        make_job(state=JobState.DONE)
        dispatcher.turn()
        assert caplog.records == []


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_send_each_row_once() -> None:
    jobs = {make_job().pk for _each in range(20)}
    marked = at_once(*[lambda: mark_due([])] * 3)
    sent = [pk for each in marked for pk, _queue in each]
    assert len(marked) == 3
    assert sorted(sent) == sorted(jobs)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_awaited(hints: Any, caplog: Any, monkeypatch: Any) -> None:
    job = make_job()
    dispatcher = Dispatcher(Broker())
    with monkeypatch.context() as away:
        connection.close()
        away.setitem(connection.settings_dict, "HOST", "/nowhere")
        for _turn in range(3):
            dispatcher.turn()
        run_job(job.pk)  # a worker with a hint: one line, no traceback
    dispatcher.turn()
    assert hints("reports") == [job.pk]
    said = [each.getMessage().partition(",")[0].partition(" (")[0] for each in caplog.records]
    assert said == ["The database is away", f"Job {job.pk}: the database is away", "The database is back."]
    assert "Traceback" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_failure_that_cannot_be_taken_down_is_left_to_the_lease(script: Script, monkeypatch: Any) -> None:
    job = make_job()

    def run(work: Work) -> None:
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
        raise OperationalError("server closed the connection unexpectedly")

    script.run = run
    run_job(job.pk)
    monkeypatch.undo()
    assert fresh_row(job).state == JobState.RUNNING
    Job.objects.update(lease_until=Now() - SECOND)
    release_expired()
    assert fresh_row(job).state == JobState.WAITING


@pytest.mark.django_db(transaction=True)
def test_a_failure_of_the_connection_alone_is_taken_down_on_a_new_one(script: Script) -> None:
    job = make_job()

    def run(work: Work) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    script.run = run
    run_job(job.pk)
    row = fresh_row(job)
    assert (row.state, row.attempts, "OperationalError" in row.reason) == (JobState.WAITING, 1, True)


@pytest.mark.django_db
class TestHeartbeats:
    def test_heard_lately_by_the_clock_of_the_database(self) -> None:
        hear("dispatcher")
        hear("worker", "beat")
        assert fresh() == {"dispatcher", "worker", "beat"}
        hear("worker")
        assert Heartbeat.objects.count() == 3

    @pytest.mark.parametrize(("name", "seconds"), [("dispatcher", 15), ("worker", 70), ("beat", 70)])
    def test_each_has_its_age(self, name: str, seconds: int) -> None:
        Heartbeat.objects.create(name=name, at=Now() - (seconds - 1) * SECOND)
        assert fresh() == {name}
        Heartbeat.objects.update(at=Now() - (seconds + 1) * SECOND)
        assert fresh() == set()


def test_every_declared_kind_has_words() -> None:
    for kind in job_kinds:
        assert str(kind.label), kind.name
