"""A form on paper: blank, to be filled in by hand, or filled in, as a tagged PDF.

``blanks`` says how a place to write is drawn, ``asked`` and ``told`` make the ``sheet`` of a blank
and of a filled form, and ``printing`` alone knows typst.
"""
