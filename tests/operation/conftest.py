"""The files of the operation, read as the container engine reads them; and the image's directory without an engine."""

import fnmatch
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from dxportal.embedded.demo import PROCESSES

PROJECT = Path(__file__).resolve().parents[2]
# What the blanks of PROCESSES are in a container.
CONTAINER = {"address": "0.0.0.0:8000", "log": "/var/log/portal", "run": "/var/lib/portal"}


def read_compose() -> dict[str, Any]:
    return yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))


def command_words(command: str | list[str]) -> list[str]:
    """A command of the compose file, parted as the engine parts it."""
    return shlex.split(command) if isinstance(command, str) else command


def process_words(name: str, python: str, blanks: dict[str, str]) -> list[str]:
    """A line of PROCESSES as `make demo` starts it."""
    return [python, *(word.format_map(blanks) for word in PROCESSES[name].split())]


def dockerfile() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile in order: name and text, lines joined, comments left out."""
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in joined.splitlines() if line.strip()]


def ignore_rules() -> tuple[list[str], list[str]]:
    """.dockerignore as this project writes it: all is left out, but for these places, but for these names in them."""
    lines = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    first, *rules = [line for line in lines if line and not line.startswith("#")]
    assert first == "*"
    places = [rule[1:] for rule in rules if rule.startswith("!")]
    names = [rule.removeprefix("**/") for rule in rules if not rule.startswith("!")]
    assert rules == [*(f"!{place}" for place in places), *(f"**/{name}" for name in names)]
    return places, names


def copy_context(target: Path) -> None:
    """What `COPY . .` would bring into the image."""
    places, names = ignore_rules()
    for place in places:
        source, copy = PROJECT / place, target / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns(*names))
        elif not any(fnmatch.fnmatch(source.name, name) for name in names):
            shutil.copy2(source, copy)


def run_build(target: Path) -> None:
    """Runs what the Dockerfile runs after its `COPY . .`, with this environment's Python."""
    instructions = dockerfile()
    after = instructions[instructions.index(("COPY", ". .")) + 1 :]
    env = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": built_settings()}
    for _name, text in (each for each in after if each[0] == "RUN"):
        subprocess.run(["/bin/sh", "-ec", text], cwd=target, env=env, check=True, capture_output=True)


def built_settings() -> str:
    """The settings that the image names."""
    [environment] = [text for name, text in dockerfile() if name == "ENV"]
    found = re.search(r"DJANGO_SETTINGS_MODULE=(\S+)", environment)
    assert found
    return found[1]


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """/app of the image, built without an engine: nothing that .dockerignore keeps out is in it."""
    target = tmp_path_factory.mktemp("image") / "app"
    target.mkdir()
    copy_context(target)
    run_build(target)
    return target
