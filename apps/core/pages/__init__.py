"""The bases of list, detail and form pages. A page declares what it shows; these know HTTP."""

from apps.core.pages.base import Page
from apps.core.pages.detail import DetailPage
from apps.core.pages.form import CreatePage, EditPage, Facts, RecordVerbPage, VerbPage
from apps.core.pages.listing import ListPage
from apps.core.pages.parts import SeenPart, mark_conflict
from apps.core.pages.uploads import PreviewPage, UploadPage

__all__ = [
    "CreatePage",
    "DetailPage",
    "EditPage",
    "Facts",
    "ListPage",
    "Page",
    "PreviewPage",
    "RecordVerbPage",
    "SeenPart",
    "UploadPage",
    "VerbPage",
    "mark_conflict",
]
