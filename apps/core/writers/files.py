"""Files from the shell: whole under their name, or not there."""

import contextlib
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside and renames, so that a full disk never leaves half a file under the name. Raises OSError."""
    partial = path.with_suffix(path.suffix + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
