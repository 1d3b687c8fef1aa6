"""A browser without JavaScript, as far as forms go: a page's controls and what it would post."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.datastructures import FileStorage, MultiDict

VOID = {"input", "br", "use"}


@dataclass
class Control:
    """One control with everything that names it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    options: list[tuple[str, bool]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.attributes.get("type", "text") if self.tag == "input" else self.tag


class Page(HTMLParser):
    """A parsed page; ``posts`` is what its form sends."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.controls: list[Control] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.legends = 0
        self.fieldsets = 0
        self.labels: dict[str, str] = {}
        self.scripts = 0
        self._open: list[str] = []
        self._label: tuple[str | None, list[str], list[Control]] | None = None
        self._area: Control | None = None
        self._select: Control | None = None
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {self._open}"
        for control in self.controls:
            name = self.labels.get(control.attributes.get("id", ""))
            if name:
                control.labels.append(name)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {k: v or "" for k, v in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.references += attributes.get(name, "").split()
        if "style" in attributes or tag == "script" or any(a.startswith("on") for a in attributes):
            self.scripts += 1
        match tag:
            case "a":
                self.links.append(attributes.get("href", ""))
            case "fieldset":
                self.fieldsets += 1
            case "legend":
                self.legends += 1
            case "label":
                self._label = (attributes.get("for"), [], [])
            case "input" | "textarea" | "select":
                control = Control(tag, attributes)
                self.controls.append(control)
                if self._label is not None:
                    self._label[2].append(control)
                if tag == "textarea":
                    self._area = control
                if tag == "select":
                    self._select = control
            case "option":
                if self._select is not None:
                    self._select.options.append((attributes["value"], "selected" in attributes))
                else:
                    assert "datalist" in self._open

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, f"<{tag}/> is no HTML"

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1] == tag, f"</{tag}> closes <{self._open[-1]}>"
        self._open.pop()
        if tag == "label" and self._label is not None:
            target, text, inside = self._label
            for control in inside:
                control.labels.append("".join(text).strip())
            if target:
                self.labels[target] = "".join(text).strip()
            self._label = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._label is not None:
            self._label[1].append(data)
        if self._area is not None:
            self._area.text += data

    def says(self, sentence: str) -> bool:
        return sentence in " ".join("".join(self.text).split())

    def unlabelled(self) -> list[str]:
        """Return the names of controls that a screen reader could not name."""
        return [
            c.attributes.get("name", "?")
            for c in self.controls
            if c.kind != "hidden" and not any(c.labels)
        ]

    def posts(self, act: str | None = None) -> MultiDict[str, str]:
        """Return what the form sends, pressing the button ``act`` if one is given."""
        sent: MultiDict[str, str] = MultiDict()
        for control in self.controls:
            name = control.attributes.get("name")
            if name is None or "disabled" in control.attributes:
                continue
            match control.kind:
                case "radio" | "checkbox":
                    if "checked" in control.attributes:
                        sent.add(name, control.attributes.get("value", "on"))
                case "file":
                    continue
                case "select":
                    chosen = [v for v, selected in control.options if selected]
                    sent.add(name, chosen[-1] if chosen else control.options[0][0])
                case "textarea":
                    text = control.text.removeprefix("\n")
                    sent.add(name, text.replace("\r\n", "\n").replace("\n", "\r\n"))
                case "hidden":
                    sent.add(name, control.attributes.get("value", ""))
                case _:
                    value = control.attributes.get("value", "")
                    sent.add(name, value.replace("\r", "").replace("\n", ""))
        if act is not None:
            sent.add("act", act)
        return sent


NO_FILES: MultiDict[str, FileStorage] = MultiDict()
