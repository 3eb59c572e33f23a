"""Log files of the private servers, and the one line of them that explains a failure."""

import re
import shutil
from pathlib import Path

LARGEST_LOG = 10_000_000
SEVERE = re.compile(r"(?:FATAL|PANIC|ERROR|error):\s*(.*)")
DISK_FULL = "No space left on device"
# A cluster is 40 MB; a start that failed with less than this free failed for the want of it.
TOO_LITTLE = 64_000_000
DISK_FULL_LINE = "The disk is full: free some space and start again. ／ディスクの空きがありません。"


def prepare_log(path: Path) -> int:
    """Makes room for a log and returns its present size, from which the next start's lines follow."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".old.log"))
    return path.stat().st_size if path.exists() else 0


def read_since(path: Path, offset: int) -> str:
    """What was logged after the offset."""
    with path.open("rb") as log:
        log.seek(offset)
        return log.read().decode(errors="replace")


def essential_line(text: str, place: Path) -> str:
    """The line of a server's output that a person needs; on a full disk the output itself may be missing."""
    if DISK_FULL in text or shutil.disk_usage(place).free < TOO_LITTLE:
        return DISK_FULL_LINE
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    severe = [match.group(1) for line in lines if (match := SEVERE.search(line))]
    return (severe or lines or ["it said nothing"])[-1]
