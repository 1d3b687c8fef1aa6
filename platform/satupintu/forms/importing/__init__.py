"""Documents that were written for others, as forms: one file a dialect.

``raising`` brings a JSON Schema of an older draft to 2020-12 and changes no verdict; ``react`` and
``json_forms`` read what a page of theirs is to look like into ``hints``; ``form`` makes questions
and pages of both. Whatever cannot be carried is told as a note with its place.
"""
