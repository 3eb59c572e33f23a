"""Files that people send and keep: their names, how large they may be, what they hold, and where they lie."""

from apps.core.files.names import disposition, kept_name, plain_name
from apps.core.files.refusal import FileRefused, check_size

__all__ = ["FileRefused", "check_size", "disposition", "kept_name", "plain_name"]
