"""A browser without JavaScript that forgives nothing: what a page leaves open or hides is found."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage, MultiDict

from satupintu.forms.without_script import VOID, DrawnPage


class Page(DrawnPage):
    """A parsed page with everything that tests look at besides its controls."""

    def __init__(self, html: str) -> None:
        self.ids: list[str] = []
        self.references: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.legends = 0
        self.fieldsets = 0
        self.scripts = 0
        super().__init__(html)
        assert not self.open, f"left open: {[element.tag for element in self.open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        attributes = {k: v or "" for k, v in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.references += attributes.get(name, "").split()
        if "style" in attributes or tag == "script" or any(a.startswith("on") for a in attributes):
            self.scripts += 1
        self.links += [attributes.get("href", "")] if tag == "a" else []
        self.fieldsets += tag == "fieldset"
        self.legends += tag == "legend"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID or tag == "use", f"<{tag}/> is no HTML"
        super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        self.text.append(data)

    def says(self, sentence: str) -> bool:
        return sentence in " ".join("".join(self.text).split())

    def posted(self, act: str | None = None) -> MultiDict[str, str]:
        """Return what the form sends, as Flask gives it."""
        return MultiDict([(n, text) for n, texts in self.posts(act).items() for text in texts])


NO_FILES: MultiDict[str, FileStorage] = MultiDict()
