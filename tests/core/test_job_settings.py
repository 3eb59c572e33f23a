"""How Celery is set up: hints as JSON, by the right words for the broker, to queues that somebody empties."""

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from kombu.connection import Connection as KombuConnection

from apps.core import tasks
from apps.core.jobs.kinds import QUEUES
from apps.organization.tasks import move_on_the_day
from dxportal import celery
from dxportal.embedded.address import broker_url
from dxportal.embedded.children import stop_child
from dxportal.embedded.demo import PROCESSES
from dxportal.embedded.places import new_socket_directory
from dxportal.embedded.valkey import ORDERLY_THEN_AT_ONCE, start_valkey


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://:secret@host:6379/3", "redis://:secret@host:6379/3"),
        ("rediss://host:6379/0", "rediss://host:6379/0"),
        ("unix:///tmp/a/v.sock?db=2", "redis+socket:///tmp/a/v.sock?virtual_host=2"),
        ("unix:///tmp/a/v.sock", "redis+socket:///tmp/a/v.sock?virtual_host=0"),
        ("unix:///tmp/a%20b/v.sock?db=0", "redis+socket:///tmp/a%20b/v.sock?virtual_host=0"),
        ("unix://:pass%40word@/run/v.sock?db=1", "redis+socket://:pass%40word@/run/v.sock?virtual_host=1"),
    ],
)
def test_the_address_in_celerys_words(url: str, expected: str) -> None:
    assert broker_url(url) == expected


def test_kombu_finds_a_socket_at_a_place_with_spaces(tmp_path: Path) -> None:
    sockets = new_socket_directory() / "a b"
    sockets.mkdir()
    broker = start_valkey(tmp_path, tmp_path / "log", sockets / "v.sock", True)
    try:
        with KombuConnection(broker_url(f"unix://{quote(str(sockets))}/v.sock?db=3")) as connection:
            connection.ensure_connection(max_retries=0)
            client: Any = connection.default_channel.client
            client.set("here", "yes")
        with redis.Redis(unix_socket_path=str(sockets / "v.sock"), db=3) as other:
            assert other.get("here") == b"yes"
    finally:
        stop_child(broker, ORDERLY_THEN_AT_ONCE)
        shutil.rmtree(sockets.parent)


def test_only_json_and_no_results() -> None:
    conf = celery.app.conf
    assert (conf.accept_content, conf.task_serializer, conf.result_backend) == (["json"], "json", None)
    assert conf.task_ignore_result
    assert conf.broker_connection_max_retries is None
    assert conf.worker_prefetch_multiplier == 1
    assert conf.timezone == settings.TIME_ZONE
    assert not conf.worker_hijack_root_logger
    assert conf.task_soft_time_limit < conf.task_time_limit


def test_the_worker_takes_every_queue() -> None:
    words = PROCESSES["worker"].split()
    assert tuple(words[words.index("--queues") + 1].split(",")) == QUEUES
    assert settings.CELERY_TASK_DEFAULT_QUEUE in QUEUES


def test_what_is_sent_is_known() -> None:
    known = {tasks.run_job.name, tasks.heard.name, tasks.throw_away_old_uploads.name, move_on_the_day.name}
    assert known == {"core.run_job", "core.heard", "core.sweep_uploads", "organization.move_to_successors"}
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= known


def test_what_beat_sends_does_not_pile_up() -> None:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["options"]["expires"] <= entry["schedule"]


def test_a_broker_that_is_away_is_asked_each_second(monkeypatch: Any) -> None:
    given = {}
    monkeypatch.setattr(KombuConnection, "_ensure_connection", lambda self, *_args, **options: given.update(options))
    celery.app.connection_for_read().ensure_connection(None, None, callback=None)
    assert {"interval_start": 1, "interval_step": 0, "interval_max": 1}.items() <= given.items()
