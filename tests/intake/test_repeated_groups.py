"""Rows are added, moved and removed by buttons of the page itself, without a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intake.desk import Desk, hidden
from packs.installation import KECIL
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.forms.document import Question


def test_rows_come_move_and_go_and_keep_what_was_typed_in_them(
    new_platform: Callable[[Path | None], Platform],
) -> None:
    platform = new_platform(KECIL)
    form = platform.content.in_force(clock.now()).form_for("assessment")
    page, rows = next(
        (page, form.questions[name])
        for page in form.pages
        for name in page.questions
        if form.questions[name].kind == "rows"
    )
    text = next(q for q in rows.children if q.kind in ("text", "textarea", "number"))
    desk = Desk.of(platform, "staff")
    address = f"{desk.begin()}/{page.id}"

    def press(act: str, *values: str) -> list[str]:
        fields: dict[str, object] = {
            rows.name: [str(n) for n in range(len(values))],
            **{control(rows, n, text): value for n, value in enumerate(values)},
        }
        seen = hidden(desk.get(address).text, "seen")
        answer = desk.post(address, {**fields, "seen": seen, "act": f"rows:{rows.name}:{act}"})
        assert answer.status_code == 303
        assert answer.location == f"{address}#q-{rows.name}"
        return shown(desk.get(address).text, rows, text)

    assert press("add") == [""]
    assert press("add", "11") == ["11", ""]
    assert press("up:1", "11", "22") == ["22", "11"]
    assert press("remove:0", "22", "11") == ["11"]


def control(rows: Question, row: int, child: Question) -> str:
    return f"{rows.name}.{row}.{child.key}"


def shown(html: str, rows: Question, child: Question) -> list[str]:
    """Return what stands in one question of each row."""
    found = []
    while f'name="{control(rows, len(found), child)}"' in html:
        start = html.index(f'name="{control(rows, len(found), child)}"')
        tag = html[html.rindex("<", 0, start) : html.index(">", start)]
        found.append(tag.partition('value="')[2].partition('"')[0])
    return found
