"""Answers of any shape: what JSON Schema can describe beyond questions that rules read.

A question without an ``x-id`` anywhere below it is asked as a whole, straight from its schema and
only as deep as its answer goes: lists in lists, maps, tuples, alternatives, trees. One walk over
schema and controls makes a tree of places (``places``); it is read into an answer, drawn, and read
back in words. Control names are dotted paths; what stands beside an answer begins with ``~``.
"""
