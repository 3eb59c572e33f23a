"""Base models, and the tables that core owns itself."""

from apps.core.models.chart import RenderedChart
from apps.core.models.grams import Grams
from apps.core.models.job import Heartbeat, Job
from apps.core.models.number import NumberSeries
from apps.core.models.record import NumberedRecord, Record, SourcedModel
from apps.core.models.searched import Searched, by_rank, found
from apps.core.models.talk import Attachment, Comment, ListColumns, Mention, Notice, SavedSearch, Upload, Watch

__all__ = [
    "Attachment",
    "Comment",
    "Grams",
    "Heartbeat",
    "Job",
    "ListColumns",
    "Mention",
    "Notice",
    "NumberSeries",
    "NumberedRecord",
    "Record",
    "RenderedChart",
    "SavedSearch",
    "Searched",
    "SourcedModel",
    "Upload",
    "Watch",
    "by_rank",
    "found",
]
