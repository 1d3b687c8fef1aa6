"""A drawn page as a browser without JavaScript has it: its controls, their names, what it posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from satupintu.forms.questions.kinds import Typed
from satupintu.forms.questions.rows import ACT

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr")
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


class DrawnPage(HTMLParser):
    """A parsed page: ``controls`` in their order, and how each is named to a screen reader."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = html
        self.controls: list[Element] = []
        self.acts: list[str] = []
        """What the named submit buttons post."""
        self.adding: dict[str, int] = {}
        """Of buttons that add a row: how often each may be pressed, by what it posts."""
        self.by_id: dict[str, Element] = {}
        self.open: list[Element] = []
        self._labels_for: dict[str, list[Element]] = {}
        self._options: Counter[tuple[str, str]] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and, but for those that hold nothing, what stands in it from here on."""
        element = Element(tag, {k: v or "" for k, v in attrs}, tuple(self.open))
        if tag not in VOID:
            self.open.append(element)
        if "id" in element.attributes:
            self.by_id.setdefault(element.attributes["id"], element)
        match tag:
            case "input" | "textarea" | "select":
                self.controls.append(element)
                self._options[element.kind, element.name] += 1
            case "option":
                self._within(element, "select").options.append(element)
            case "label" if "for" in element.attributes:
                self._labels_for.setdefault(element.attributes["for"], []).append(element)
            case "legend":
                fieldset = self._within(element, "fieldset")
                fieldset.legend = fieldset.legend or element
            case "button" if element.name == ACT:
                self.acts.append(element.value)
                if element.value.startswith("rows:") and element.value.endswith(":add"):
                    self.adding[element.value] = int(element.attributes.get(MORE, "1"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is closed where it opens, as in SVG."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element, with those that were left open in it."""
        places = [place for place, element in enumerate(self.open) if element.tag == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        """Note a text in everything that it stands in."""
        for element in self.open:
            element.written.append(data)

    def asked(self) -> Iterator[Element]:
        """Yield the controls that a person sees."""
        return (control for control in self.controls if control.kind != "hidden")

    def labelled(self) -> list[str]:
        """Return the names of the controls that have a proper label, one for each control."""
        return [control.name for control in self.asked() if self.is_labelled(control)]

    def unlabelled(self) -> list[str]:
        """Return the names of controls that a screen reader could not name."""
        return [control.name for control in self.asked() if not self.is_labelled(control)]

    def is_labelled(self, control: Element) -> bool:
        """Tell whether a control has a name; one of several options needs that of its group too."""
        if not any(text.strip() for text in self.labels(control)):
            return False
        if control.kind not in TICKED or self._options[control.kind, control.name] == 1:
            return True
        return any(
            around.legend is not None and around.legend.text.strip() for around in control.around
        )

    def labels(self, control: Element) -> Iterator[str]:
        """Yield every text that names a control by itself: its labels, or what ARIA says."""
        yield control.attributes.get("aria-label", "")
        for there in control.attributes.get("aria-labelledby", "").split():
            yield self.by_id[there].text if there in self.by_id else ""
        own = control.attributes.get("id", "")
        if own and self.by_id[own] is control:
            yield from (label.text for label in self._labels_for.get(own, ()))
        yield from (around.text for around in control.around if around.tag == "label")

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

    def _within(self, element: Element, tag: str) -> Element:
        """Return the nearest element of a kind around one, or one that nobody reads."""
        found = (around for around in reversed(element.around) if around.tag == tag)
        return next(found, Element(tag, {}))


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
