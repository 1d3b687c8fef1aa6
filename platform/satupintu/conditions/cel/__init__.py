"""Conditions as text, in and out: a subset of CEL, the Common Expression Language."""

from satupintu.conditions.cel.printer import write, write_standard, write_value
from satupintu.conditions.cel.reading import read, read_value
from satupintu.conditions.cel.tokens import is_name, quoted

__all__ = ["is_name", "quoted", "read", "read_value", "write", "write_standard", "write_value"]
