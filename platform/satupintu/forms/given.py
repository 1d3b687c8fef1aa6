"""What the template of a page is given: it may ask for any control, and finds an empty one."""

from __future__ import annotations


class Controls(dict[str, str | tuple[str, ...]]):
    """What stands in the controls; an untouched one is empty."""

    def __missing__(self, _name: str) -> str:
        return ""


class Sentences(dict[str, list[str]]):
    """Sentences by control name; nothing is wrong with a question that has none."""

    def __missing__(self, _name: str) -> tuple[str, ...]:
        return ()


class Everything:
    """Where every question counts as asked."""

    def __contains__(self, _name: object) -> bool:
        return True
