"""Pages of what concerns the whole city."""

from apps.city.views.handover import HandoverDetail, HandoverFile, HandoverList

__all__ = ["HandoverDetail", "HandoverFile", "HandoverList"]
