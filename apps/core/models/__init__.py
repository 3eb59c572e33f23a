"""Base models, and the two tables that core owns itself."""

from apps.core.models.number import NumberSeries
from apps.core.models.record import NumberedRecord, Record, SourcedModel
from apps.core.models.searched import Searched, found

__all__ = ["NumberSeries", "NumberedRecord", "Record", "Searched", "SourcedModel", "found"]
