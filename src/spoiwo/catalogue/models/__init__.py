"""Tables of the catalogue."""

from spoiwo.catalogue.models.choices import FUNDING_CHOICES, GROUP_CHOICES, KIND_CHOICES
from spoiwo.catalogue.models.eligibility import CheckItem, CheckList
from spoiwo.catalogue.models.needs import Correction, SuggestedPlace, UnmetNeed
from spoiwo.catalogue.models.places import Place, PlaceArea, PlaceGroup

__all__ = [
    "FUNDING_CHOICES",
    "GROUP_CHOICES",
    "KIND_CHOICES",
    "CheckItem",
    "CheckList",
    "Correction",
    "Place",
    "PlaceArea",
    "PlaceGroup",
    "SuggestedPlace",
    "UnmetNeed",
]
