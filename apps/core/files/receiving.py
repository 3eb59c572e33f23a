"""What a request brings: a file beyond the limit is not written down anywhere, however large it is."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from apps.core.files.refusal import MEGABYTE

# Besides the file: the other fields and the lines between them.
BESIDES = MEGABYTE
TOO_LARGE = "portal.too_large"


class LimitedUpload(FileUploadHandler):
    """Comes before those that keep a file. What is too large is passed over, and the form says so."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.too_large = content_length > settings.FILE_SIZE_LIMIT + BESIDES
        if self.too_large:
            meta[TOO_LARGE] = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
