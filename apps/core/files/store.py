"""Where files lie: a folder outside the web root, each under the uid of its row, never under a name of people."""

import contextlib
import os
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from django.conf import settings


def keep_file(uid: UUID, content: bytes) -> None:
    """Writes beside, makes sure that the disk has it, and renames. Raises OSError; then nothing is there."""
    path = place_of(uid)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _sync_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def open_file(uid: UUID) -> BinaryIO:
    """The file, to be read. Raises FileNotFoundError."""
    return place_of(uid).open("rb")


def place_of(uid: UUID) -> Path:
    """Two letters of the uid part the files, so that no folder holds all of them."""
    return Path(settings.MEDIA_FOLDER) / uid.hex[:2] / uid.hex


def _sync_folder(folder: Path) -> None:
    """The new name, too, outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
