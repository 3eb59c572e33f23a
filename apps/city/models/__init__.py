"""Tables of what concerns the whole city."""

from apps.city.models.handover import Handover

__all__ = ["Handover"]
