"""What a page posts as a browser without JavaScript sends it: its controls and its buttons.

Filling in a long list presses its page's buttons hundreds of times; each page is read here by an
HTML5 parser in C (six times as fast as the standard library's). How the controls are named, which
is looked at once, is for ``without_script``; a test holds that both read the same controls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from satupintu.forms.questions.kinds import ACT, Typed

TICKED = ("radio", "checkbox")
DRAWN = "data-drawn"
"""Marks a hidden control that holds what was drawn; to be filled as one that people see."""

MORE = "data-more"
"""How many rows a button may still add."""


class Posted(dict[str, list[str]]):
    """The texts that a page posts, by control name."""

    def add(self, name: str, text: str) -> None:
        """Post one more text under a name."""
        self.setdefault(name, []).append(text)

    def getlist(self, key: str) -> list[str]:
        """Return every text posted under a name."""
        return self.get(key, [])


@dataclass
class Element:
    """One element of a page, with all the text that stands in it."""

    tag: str
    attributes: Mapping[str, str]
    around: tuple[Element, ...] = ()
    """The elements it stands in, the outermost first."""
    written: list[str] = field(default_factory=list)
    legend: Element | None = None
    """What names a fieldset."""
    options: list[Element] = field(default_factory=list)
    """What a select offers."""

    @property
    def text(self) -> str:
        """The text in it, as it was written."""
        return "".join(self.written)

    @property
    def name(self) -> str:
        """The name under which a control posts; an empty one posts nothing."""
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        """What a control is: the type of an input, else its tag."""
        return self.attributes.get("type", "text") if self.tag == "input" else self.tag

    @property
    def value(self) -> str:
        """What an input or an option stands for."""
        if "value" in self.attributes:
            return self.attributes["value"]
        return {"option": self.text, "input": "on" if self.kind in TICKED else ""}.get(self.tag, "")


class Controls:
    """The controls of a page in their order, and what its named submit buttons post (``acts``)."""

    def __init__(self, html: str) -> None:
        self.source = html
        self.controls: list[Element] = []
        self.acts: list[str] = []
        self.adding: dict[str, int] = {}
        """Of buttons that add a row: how often each may be pressed, by what it posts."""

    def note_button(self, element: Element) -> None:
        """Note what a named submit button posts, and how many rows it may add."""
        self.acts.append(element.value)
        if element.value.startswith("rows:") and element.value.endswith(":add"):
            self.adding[element.value] = int(element.attributes.get(MORE, "1"))

    def asked(self) -> Iterator[Element]:
        """Yield the controls that a person sees."""
        return (control for control in self.controls if control.kind != "hidden")

    def posts(self, act: str | None = None, *, filled: Typed | None = None) -> Posted:
        """Return what the page posts once some controls are filled, by the button ``act`` if given.

        A control that is not among ``filled`` posts what stands in it. Only what a control can
        hold is posted: options that are there, a line without line ends.
        """
        posted = Posted()
        for control in self.controls:
            if control.name and "disabled" not in control.attributes:
                for text in _posted(control, (filled or {}).get(control.name)):
                    posted.add(control.name, text)
        if act is not None:
            posted.add(ACT, act)
        return posted


class QuickPage(Controls):
    """The controls of a page, read fast: without what stands around them."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        # Half a surrogate pair is no UTF-8: what a person fills in is posted as it was given.
        tree = LexborHTMLParser(html.encode("utf-8", "replace"))
        for node in tree.css("input, textarea, select, button"):
            element = _element(node)
            if node.tag != "button":
                self.controls.append(element)
            elif element.name == ACT:
                self.note_button(element)


def _element(node: LexborNode) -> Element:
    tag = str(node.tag)
    element = Element(tag, {key: value or "" for key, value in node.attributes.items()})
    match tag:
        case "textarea":  # an HTML5 parser takes the first line end away already
            element.written.append("\n" + node.text())
        case "option":
            element.written.append(node.text())
        case "select":
            element.options.extend(_element(option) for option in node.css("option"))
    return element


def _posted(control: Element, filled: str | tuple[str, ...] | None) -> Iterator[str]:
    wanted = (filled,) if isinstance(filled, str) else filled
    match control.kind:
        case "radio" | "checkbox":
            ticked = "checked" in control.attributes if wanted is None else control.value in wanted
            if ticked:
                yield control.value
        case "select":
            drawn = [o.value for o in control.options if "selected" in o.attributes]
            offered = [o.value for o in control.options if wanted and o.value in wanted]
            yield from (offered or drawn or [o.value for o in control.options])[:1]
        case "textarea":
            text = control.text.removeprefix("\n") if wanted is None else "".join(wanted)
            lines = text.replace("\r\n", "\n").replace("\r", "\n")
            yield lines.replace("\n", "\r\n")
        case "hidden":
            drawing = DRAWN in control.attributes and wanted is not None
            yield "".join(wanted) if drawing and wanted is not None else control.value
        case "file":
            return
        case _:
            text = control.value if wanted is None else "".join(wanted)
            yield text.replace("\r", "").replace("\n", "")
