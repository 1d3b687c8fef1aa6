"""Answers to an older version of a form as answers to a newer one: what becomes of each, and why.

A question is followed through renames and moves by its ``x-id``; steps in ``x-form.migrations`` say
the rest.
"""

from satupintu.forms.migrating.fate import Fate, Migrated
from satupintu.forms.migrating.migrated import migrate, migrate_along

__all__ = ["Fate", "Migrated", "migrate", "migrate_along"]
