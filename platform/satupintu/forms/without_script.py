"""A drawn page as a browser without JavaScript has it: its controls, their names, what it posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from satupintu.forms.controls import TICKED, Controls, Element
from satupintu.forms.questions.kinds import ACT

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr")


class DrawnPage(Controls, HTMLParser):
    """A parsed page: ``controls`` in their order, and how each is named to a screen reader."""

    def __init__(self, html: str) -> None:
        Controls.__init__(self, html)
        HTMLParser.__init__(self, convert_charrefs=True)
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
                self.note_button(element)

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

    def _within(self, element: Element, tag: str) -> Element:
        """Return the nearest element of a kind around one, or one that nobody reads."""
        found = (around for around in reversed(element.around) if around.tag == tag)
        return next(found, Element(tag, {}))
