"""The difference between two versions of a rule set: as data (``between``) and in words."""

from satupintu.rules.difference.items import between
from satupintu.rules.difference.words import Told, sentences, tell

__all__ = ["Told", "between", "sentences", "tell"]
