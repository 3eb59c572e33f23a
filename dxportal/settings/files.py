"""Files that people send: where they lie, and how large they may be."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dxportal.embedded.places import VAR


def media_folder(url: str) -> Path:
    """The folder that a file:// address names. Anything else stops the start with one line."""
    parts = urlsplit(url)
    if parts.scheme == "s3":
        raise SystemExit(
            "MEDIA_URL_STORE: s3:// is not supported yet; use file:///folder. ／s3:// にはまだ対応していません。"
        )
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"} or not parts.path.startswith("/"):
        raise SystemExit(f"MEDIA_URL_STORE must be an address such as file:///var/lib/media, not {url!r}.")
    return Path(unquote(parts.path))


# Outside of whatever a web server may hand out: every download asks the portal.
MEDIA_FOLDER = media_folder(os.environ.get("MEDIA_URL_STORE") or (VAR / "media").as_uri())
# A file of a record, or one that is read and thrown away, in bytes. The proxy in front must let it through.
FILE_SIZE_LIMIT = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "apps.core.files.receiving.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# A cost sheet of 500 rows has 14 fields a row.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
