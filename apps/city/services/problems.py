"""What is wrong in the files, each with its file and line."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One fault; lines count from one."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Unloadable(Exception):
    """The files have faults; nothing was loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(set(problems))


class Problems:
    """Collects every fault, so that a person mends all of them in one go."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, file: str, line: int, message: Any) -> None:
        self.found.append(Problem(file, line, str(message)))

    def stop_if_any(self) -> None:
        if self.found:
            raise Unloadable(self.found)
