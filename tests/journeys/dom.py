"""An HTML page as a tree, as far as a person without a screen would need it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"}
UNSEEN = {"head", "script", "style", "svg", "template"}


@dataclass(eq=False)
class Element:
    """One element: what it says and what lies in it."""

    tag: str
    attributes: dict[str, str]
    above: Element | None = None
    inside: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str:
        """Return an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """What a person reads, spaces as one."""
        return " ".join("".join(self._texts()).split())

    def elements(self) -> Iterator[Element]:
        """Yield every element below, in the order of the page."""
        for one in self.inside:
            if isinstance(one, Element):
                yield one
                yield from one.elements()

    def all(self, *tags: str, css: str = "", **attributes: str) -> list[Element]:
        """Return the elements below of one of these tags, with a class and attributes if named."""
        return [
            e
            for e in self.elements()
            if (not tags or e.tag in tags)
            and (not css or css in e.get("class").split())
            and all(e.attributes.get(name) == value for name, value in attributes.items())
        ]

    def first(self, *tags: str, css: str = "", **attributes: str) -> Element:
        """Return the first of such elements. LookupError where there is none."""
        found = self.all(*tags, css=css, **attributes)
        if not found:
            raise LookupError(f"no {tags or 'element'} {css} {attributes} in: {self.text[:2000]}")
        return found[0]

    def around(self, *tags: str) -> Element | None:
        """Return the nearest element of these tags that holds this one."""
        above = self.above
        while above is not None and above.tag not in tags:
            above = above.above
        return above

    def _texts(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            elif one.tag not in UNSEEN:
                yield " "
                yield from one._texts()
                yield " "


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.inside.append(Element(tag, {n: v or "" for n, v in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:  # a browser writes them so inside of SVG
            return
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.above is not None
        self.here = self.here.above

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def parse(html: str) -> Element:
    """Return the page. AssertionError where an element is closed that was not open."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root
