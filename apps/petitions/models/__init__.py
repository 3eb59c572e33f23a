"""Petitions, and the channels through which they go."""

from apps.petitions.models.channels import PetitionChannel
from apps.petitions.models.petition import Petition, PetitionAnswer, PetitionHurdle

__all__ = ["Petition", "PetitionAnswer", "PetitionChannel", "PetitionHurdle"]
