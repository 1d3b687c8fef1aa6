"""The difference between two versions of a form: as data (``between``) and in words."""

from satupintu.forms.difference.items import between
from satupintu.forms.difference.words import Told, sentences, tell

__all__ = ["Told", "between", "sentences", "tell"]
