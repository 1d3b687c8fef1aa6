"""Somebody at a browser without JavaScript: reads pages, follows links, fills in and presses.

Only what a page offers can be done: a control that is not there cannot be filled, an option that
is not there cannot be chosen, and hidden fields travel as the page has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from journeys.dom import Element, parse

Typed = Mapping[str, str | tuple[str, ...]]


class NotThere(LookupError):
    """What a person looks for is not on the page."""


@dataclass
class Person:
    """One browser. ``page`` is what it shows, ``address`` where, ``status`` how it was answered."""

    client: FlaskClient
    page: Element = field(default_factory=lambda: Element("", {}))
    address: str = "/"
    status: int = 0

    def open(self, address: str, *, status: int = 200) -> Element:
        """Go to an address, over every redirect; ``status`` is what the last answer has to be."""
        return self._arrived(self.client.get(address), address, status)

    def follow(self, text: str, within: Element | None = None, *, status: int = 200) -> Element:
        """Press a link that says ``text``."""
        return self.open(self.link(text, within), status=status)

    def link(self, text: str, within: Element | None = None) -> str:
        """Return where a link leads that says ``text``."""
        for link in (within or self.page).all("a"):
            if text in link.text and link.get("href"):
                return urljoin(self.address, link["href"])
        raise NotThere(f"no link “{text}” on {self.address}: {self.page.text[:3000]}")

    def press(
        self,
        text: str = "",
        typed: Typed | None = None,
        *,
        act: str = "",
        within: Element | None = None,
        files: Mapping[str, tuple[bytes, str]] | None = None,
        status: int | None = 200,
    ) -> Element:
        """Fill in the form of a button, by control name, and press it; 303 leads on.

        The button says ``text``, or is named ``act`` with that value. ``status`` is what the last
        answer has to be, None for whatever comes.
        """
        button = self.button(text, act=act, within=within)
        form = self._form_of(button)
        controls = self.controls(form)
        sent = _standing(controls)
        for name, value in (typed or {}).items():
            _fill(sent, [c for c in controls if c.get("name") == name], name, value)
        if button.get("name"):
            sent.setlist(button["name"], [button.get("value")])
        data: MultiDict[str, Any] = MultiDict(sent)
        for name, (content, filename) in (files or {}).items():
            assert any(c.get("name") == name for c in controls), f"no control {name}"
            data.add(name, (BytesIO(content), filename))
        target = urljoin(self.address, button.get("formaction") or form.get("action"))
        if (form.get("method") or "get") == "get":
            answer = self.client.get(target, query_string=data)
        else:
            kind = form.get("enctype") or "application/x-www-form-urlencoded"
            headers = {"Sec-Fetch-Site": "same-origin"}
            answer = self.client.post(target, data=data, headers=headers, content_type=kind)
            assert answer.status_code == 303 or answer.status_code >= 400, (
                f"POST {target} was answered {answer.status_code}: a reload would send it again"
            )
        return self._arrived(answer, target, status)

    def button(self, text: str = "", *, act: str = "", within: Element | None = None) -> Element:
        """Return a button by what it says or does; NotThere where it is missing or disabled."""
        for button in (within or self.page).all("button"):
            wanted = act == button.get("value") if act else text in button.text
            if wanted and "disabled" not in button.attributes:
                return button
        raise NotThere(f"no button “{text or act}” on {self.address}: {self.page.text[:3000]}")

    def controls(self, form: Element) -> list[Element]:
        """Return the controls of a form, those that stand elsewhere on the page included."""
        return [
            c
            for c in self.page.all("input", "select", "textarea")
            if "disabled" not in c.attributes
            and (c.get("form") == form.get("id") if c.get("form") else c.around("form") is form)
        ]

    def names(self, text: str = "", *, act: str = "") -> set[str]:
        """Return the names of the controls that a person can fill in beside a button."""
        form = self._form_of(self.button(text, act=act))
        return {c.get("name") for c in self.controls(form) if _kind(c) != "hidden"}

    def standing(self, text: str = "", *, act: str = "") -> MultiDict[str, str]:
        """Return what would be sent if nothing more were typed."""
        return _standing(self.controls(self._form_of(self.button(text, act=act))))

    def reads(self, sentence: str) -> bool:
        """Tell whether the page says something."""
        return sentence in self.page.text

    def _form_of(self, button: Element) -> Element:
        named = button.get("form")
        form = self.page.first("form", id=named) if named else button.around("form")
        assert form is not None, f"the button “{button.text}” is in no form"
        return form

    def _arrived(self, answer: TestResponse, address: str, status: int | None) -> Element:
        for _ in range(8):
            if answer.status_code not in (302, 303):
                break
            address = urljoin(address, answer.headers["Location"])
            answer = self.client.get(address)
        self.address, self.status = urlsplit(address).path, answer.status_code
        self.page = parse(answer.text)
        assert status in (None, self.status), f"{address}: {self.status}\n{self.page.text[:3000]}"
        return self.page


def _standing(controls: list[Element]) -> MultiDict[str, str]:
    """Return what the controls hold before anything is typed."""
    sent: MultiDict[str, str] = MultiDict()
    for control in controls:
        name, kind = control.get("name"), _kind(control)
        if not name or kind == "file":
            continue
        if kind in ("radio", "checkbox"):
            if "checked" in control.attributes:
                sent.add(name, control.get("value") or "on")
        elif kind == "select":
            chosen = [o for o in control.all("option") if "selected" in o.attributes]
            sent.add(name, (chosen or control.all("option"))[0].get("value"))
        elif kind == "textarea":
            sent.add(name, "".join(map(str, control.inside)).removeprefix("\n"))
        else:
            sent.add(name, control.get("value"))
    return sent


def _fill(
    sent: MultiDict[str, str], controls: list[Element], name: str, value: str | tuple[str, ...]
) -> None:
    if not controls:
        raise NotThere(f"no control {name}")
    values = (value,) if isinstance(value, str) else value
    kinds = {_kind(c) for c in controls}
    if kinds <= {"radio", "checkbox"}:
        offered = {c.get("value") or "on" for c in controls}
    elif kinds == {"select"}:
        offered = {o.get("value") for o in controls[0].all("option")}
    else:
        offered = set(values)
    if not offered.issuperset(values):
        raise NotThere(f"{name} offers {sorted(offered)}, not {values}")
    sent.setlist(name, values)


def _kind(control: Element) -> str:
    return (control.get("type") or "text") if control.tag == "input" else control.tag
