"""docker-compose.yml, Dockerfile and the files beside them, without an engine: form, commands, secrets, hardening."""

import copy
import json
import re
import stat
import subprocess
import tomllib
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from apps.core.jobs.heartbeats import FRESH
from dxportal.embedded.address import parse_database_url
from dxportal.embedded.demo import PROCESSES
from dxportal.embedded.postgres import LOCALE
from dxportal.settings.environment import flag_from_environment
from dxportal.settings.files import media_folder
from tests.operation.conftest import (
    CONTAINER,
    PROJECT,
    command_words,
    copy_context,
    dockerfile,
    ignore_rules,
    process_words,
    read_compose,
)

COMPOSE = read_compose()
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ["migrate", *PROCESSES]
# The Compose Specification's own schema, as the package check-jsonschema carries it (Apache-2.0, licence beside it).
SCHEMA = "check_jsonschema/builtin_schemas/vendor/compose-spec.json"
VARIABLE = re.compile(r"^([A-Z_]+)=(.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    path = Path(str(distribution("check-jsonschema").locate_file(SCHEMA)))
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == "Compose Specification"
    return Draft202012Validator(schema)


def variables(name: str, folder: Path = PROJECT / "deploy") -> dict[str, str]:
    """An environment file as the engine reads it; every line is a comment, empty or a variable."""
    text = (folder / name).read_text(encoding="utf-8")
    meant = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = dict(VARIABLE.findall(text))
    assert len(found) == len(meant)
    return found


def test_the_compose_file_is_valid(validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(COMPOSE)] == []


def break_condition(compose: dict[str, Any]) -> None:
    compose["services"]["web"]["depends_on"]["migrate"]["condition"] = "service_done"


def break_name(compose: dict[str, Any]) -> None:
    compose["services"]["web"]["comand"] = "python"


def break_volumes(compose: dict[str, Any]) -> None:
    compose["volumes"] = ["database"]


@pytest.mark.parametrize("damage", [break_condition, break_name, break_volumes])
def test_a_broken_compose_file_is_not(
    validator: Draft202012Validator, damage: Callable[[dict[str, Any]], None]
) -> None:
    broken = copy.deepcopy(COMPOSE)
    damage(broken)
    assert not validator.is_valid(broken)


def test_services_are_the_processes_with_database_broker_and_migration() -> None:
    assert set(SERVICES) == {"postgres", "valkey", *OURS}


@pytest.mark.parametrize("name", PROCESSES)
def test_a_service_runs_the_command_of_make_demo(name: str) -> None:
    assert command_words(SERVICES[name]["command"]) == process_words(name, "python", CONTAINER)


def test_the_image_itself_runs_the_web_server() -> None:
    [command] = [text for name, text in dockerfile() if name == "CMD"]
    assert json.loads(command) == process_words("web", "python", CONTAINER)


def test_places_in_the_commands_exist_in_a_container() -> None:
    [setup] = [text for name, text in dockerfile() if name == "RUN" and "useradd" in text]
    assert f"ln -s /dev/stdout {CONTAINER['log']}/access.log" in setup
    assert f"install --directory --owner portal --group portal {CONTAINER['run']}" in setup
    assert f"schedule:{CONTAINER['run']}" in SERVICES["beat"]["volumes"]


def test_attached_files_lie_in_a_volume_of_web_and_worker() -> None:
    [environment] = [text for name, text in dockerfile() if name == "ENV"]
    [setup] = [text for name, text in dockerfile() if name == "RUN" and "useradd" in text]
    found = re.search(r"MEDIA_URL_STORE=(\S+)", environment)
    assert found
    folder = media_folder(found[1])
    assert f"install --directory --owner portal --group portal --mode 700 {folder}" in setup
    users = [name for name in OURS if f"media:{folder}" in SERVICES[name].get("volumes", [])]
    assert users == ["web", "worker"]


def test_images_have_a_version() -> None:
    [base] = [text for name, text in dockerfile() if name == "ARG"]
    images = [service["image"] for service in SERVICES.values()] + [base.partition("=")[2]]
    for image in images:
        assert re.fullmatch(r"[a-z/]+:\d[\w.-]*", image), image
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    assert {SERVICES[name]["image"] for name in OURS} == {f"dxportal:{version}"}


def test_what_a_service_waits_for_exists_and_can_come_about() -> None:
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "test" in SERVICES[other]["healthcheck"]
            if how["condition"] == "service_completed_successfully":
                assert SERVICES[other]["restart"] == "no"
            assert other != name
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_no_process_waits_for_a_healthy_broker() -> None:
    for name in PROCESSES:
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "valkey": {"condition": "service_started"},
        }


def test_named_volumes_and_networks_are_declared() -> None:
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])
    assert {network for service in SERVICES.values() for network in service["networks"]} == set(COMPOSE["networks"])


def test_everything_that_stays_up_has_a_health_check_and_comes_up_again() -> None:
    for name, service in SERVICES.items():
        if name != "migrate":
            assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
            assert service["restart"] == "unless-stopped", name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
    for name in PROCESSES:
        assert SERVICES[name]["healthcheck"]["test"] == ["CMD", "python", "deploy/healthcheck.py", name]


def test_the_health_check_is_more_patient_than_the_portal() -> None:
    found = re.search(r'^LATELY = "(\d+) seconds"$', (PROJECT / "deploy/healthcheck.py").read_text(), re.MULTILINE)
    assert found
    assert int(found[1]) > max(age.total_seconds() for age in FRESH.values())
    assert set(FRESH) == set(PROCESSES) - {"web"}


def test_only_the_web_server_can_be_reached_and_only_from_this_machine() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert SERVICES["web"]["ports"] == ["${PORTAL_LISTEN:-127.0.0.1:8000}:8000"]
    assert [name for name, service in SERVICES.items() if service["networks"] != ["inside"]] == ["web"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", OURS)
def test_a_process_has_no_rights_and_writes_nowhere_but_in_its_places(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "user" not in service
    [user] = [text for instruction, text in dockerfile() if instruction == "USER"]
    assert user == "10001:10001"


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_database_and_broker_keep_the_rights_to_become_their_user_and_no_other(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert set(SERVICES[name]["cap_add"]) <= {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_no_file_of_settings_can_turn_the_demo_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OURS:
        assert SERVICES[name]["environment"] == {"DEMO": "0"}
    assert "DEMO" not in variables("portal.env.example")
    monkeypatch.setenv("DEMO", "0")
    assert flag_from_environment("DEMO") is False


def test_the_database_is_made_for_japanese_as_in_the_demo() -> None:
    assert SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split() == list(LOCALE)


def test_the_broker_refuses_rather_than_forgets() -> None:
    words = command_words(SERVICES["valkey"]["command"])
    settings = dict(zip(words[1::2], words[2::2], strict=True))
    assert words[0] == "valkey-server"
    assert settings.items() >= {"--appendonly": "yes", "--maxmemory-policy": "noeviction"}.items()


def test_settings_name_what_the_compose_file_calls_its_servers() -> None:
    given = variables("portal.env.example")
    database = parse_database_url(given["DATABASE_URL"])
    postgres = SERVICES["postgres"]["environment"]
    assert (database["HOST"], database["PORT"]) == ("postgres", "5432")
    assert (database["USER"], database["NAME"]) == (postgres["POSTGRES_USER"], postgres["POSTGRES_DB"])
    assert given["REDIS_URL"] == "redis://valkey:6379/0"


def test_examples_hold_no_secret() -> None:
    given = variables("portal.env.example")
    assert given["SECRET_KEY"] == ""
    assert parse_database_url(given["DATABASE_URL"])["PASSWORD"] == "PASSWORD"
    assert variables("postgres.env.example") == {"POSTGRES_PASSWORD": "PASSWORD"}
    ignored = (PROJECT / "deploy/.gitignore").read_text().split()
    assert {"/portal.env", "/postgres.env"} <= set(ignored)


def test_every_setting_is_documented() -> None:
    page = (PROJECT / "docs/operators/environment.md").read_text(encoding="utf-8")
    for name in variables("portal.env.example"):
        assert f"| `{name}` |" in page
    guide = (PROJECT / "docs/operators/docker.md").read_text(encoding="utf-8")
    for name in ["POSTGRES_PASSWORD", "PORTAL_LISTEN"]:
        assert f"`{name}`" in guide


def test_the_guide_names_services_images_and_volumes_that_exist() -> None:
    guide = (PROJECT / "docs/operators/docker.md").read_text(encoding="utf-8")
    named = re.findall(
        r"docker compose (?:exec -T|logs -f|run --rm(?: -v \S+)?|pull|stop) (\w[\w ]*?)(?: python| pg_dump|`|\n)", guide
    )
    assert {name for words in named for name in words.split()} == {
        "web",
        "dispatcher",
        "worker",
        "beat",
        "postgres",
        "valkey",
    }
    saved = re.findall(r"docker save (.+?) \|", guide)
    assert saved
    assert all(set(images.split()) == {service["image"] for service in SERVICES.values()} for images in saved)
    for volume in COMPOSE["volumes"]:
        assert guide.count(f"`{COMPOSE['name']}_{volume}`") == 2


def prepare(folder: Path, *hosts: str) -> subprocess.CompletedProcess[str]:
    """Runs deploy/prepare.sh beside copies of the examples."""
    for name in ["prepare.sh", "portal.env.example", "postgres.env.example"]:
        (folder / name).write_bytes((PROJECT / "deploy" / name).read_bytes())
    return subprocess.run(["/bin/sh", folder / "prepare.sh", *hosts], capture_output=True, text=True, check=False)


def test_prepare_makes_fresh_secrets_for_this_user_alone(tmp_path: Path) -> None:
    assert prepare(tmp_path, "dx.city.example", "dx").returncode == 0
    portal, postgres = variables("portal.env", tmp_path), variables("postgres.env", tmp_path)
    assert set(portal) == set(variables("portal.env.example"))
    assert portal["ALLOWED_HOSTS"] == "dx.city.example,dx"
    assert re.fullmatch(r"[0-9a-f]{80}", portal["SECRET_KEY"])
    assert re.fullmatch(r"[0-9a-f]{48}", postgres["POSTGRES_PASSWORD"])
    assert parse_database_url(portal["DATABASE_URL"])["PASSWORD"] == postgres["POSTGRES_PASSWORD"]
    for name in ["portal.env", "postgres.env"]:
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_prepare_draws_other_secrets_each_time_and_touches_none_that_exist(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        assert prepare(folder, "dx").returncode == 0
    before = (first / "portal.env").read_text()
    assert before != (second / "portal.env").read_text()
    (first / "postgres.env").unlink()
    again = prepare(first, "dx")
    assert again.returncode == 1
    assert again.stderr.count("\n") == 1
    assert "portal.env" in again.stderr
    assert (first / "portal.env").read_text() == before
    assert not (first / "postgres.env").exists()


def test_prepare_wants_a_host(tmp_path: Path) -> None:
    refused = prepare(tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.startswith("usage:")
    assert not (tmp_path / "portal.env").exists()


def test_the_image_holds_what_the_portal_runs_on_and_nothing_else(tmp_path: Path) -> None:
    copy_context(tmp_path)
    top = {path.name for path in tmp_path.iterdir()}
    assert top == {place.partition("/")[0] for place in ignore_rules()[0]}
    assert not top & {"var", ".venv", ".git", "tests", "demo", "docs", ".ci"}
    assert [path.name for path in (tmp_path / "deploy").iterdir()] == ["healthcheck.py"]
    found = [path for path in tmp_path.rglob("*") if path.suffix in {".mo", ".pyc", ".env"} or path.is_symlink()]
    assert found == []


def test_packages_are_held_by_hash_and_are_those_of_production() -> None:
    [install] = [text for name, text in dockerfile() if name == "RUN" and "pip install" in text]
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    assert re.findall(r"\S*requirements\S*", install) == ["/tmp/requirements.txt"]
    assert ("COPY", "requirements.txt /tmp/requirements.txt") in dockerfile()


def test_the_image_says_how_it_is_stopped_and_asked() -> None:
    instructions = dockerfile()
    assert ("STOPSIGNAL", "SIGTERM") in instructions
    [check] = [text for name, text in instructions if name == "HEALTHCHECK"]
    assert json.loads(check.partition("CMD ")[2]) == SERVICES["web"]["healthcheck"]["test"][1:]
    assert [name for name, _text in instructions].index("USER") > instructions.index(("COPY", ". ."))
