"""Base models, and the tables that core owns itself."""

from apps.core.models.chart import RenderedChart
from apps.core.models.job import Heartbeat, Job
from apps.core.models.number import NumberSeries
from apps.core.models.record import NumberedRecord, Record, SourcedModel
from apps.core.models.searched import Searched, found

__all__ = [
    "Heartbeat",
    "Job",
    "NumberSeries",
    "NumberedRecord",
    "Record",
    "RenderedChart",
    "Searched",
    "SourcedModel",
    "found",
]
