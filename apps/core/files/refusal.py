"""What a file is refused for, in words for the person who sent it."""

from django.conf import settings
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024


class FileRefused(Exception):
    """The file is not taken; the message says why to the person who sent it."""


def check_size(size: int) -> None:
    """Raises FileRefused for a file that is empty or larger than the portal takes."""
    if not size:
        raise FileRefused(_("The file is empty."))
    if size > settings.FILE_SIZE_LIMIT:
        raise FileRefused(
            _("The file is too large: %(size)s MB. At most %(limit)s MB are taken.")
            % {"size": f"{size / MEGABYTE:.1f}", "limit": settings.FILE_SIZE_LIMIT // MEGABYTE}
        )
