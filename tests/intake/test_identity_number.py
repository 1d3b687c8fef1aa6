"""An identity number that other answers contradict stands in the way until a person settles it."""

from __future__ import annotations

from intake.desk import Desk, hidden
from satupintu import clock
from satupintu.actions.platform import Platform

BORN_IN_1995 = "1671055405950001"


def test_it_is_kept_told_and_settled_on_the_page_it_stands_on(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    form = city.content.in_force(clock.now()).form_for("assessment")
    number = next(q for q in form.with_role("identity") if q.kind == "nik")
    age = form.with_role("age")[0]
    page = next(p.id for p in form.pages if number.name in p.questions and age.name in p.questions)
    draft = desk.begin()

    def save(years: str) -> str:
        seen = hidden(desk.get(f"{draft}/{page}").text, "seen")
        fields = {number.name: BORN_IN_1995, age.name: years, "seen": seen, "act": "save"}
        assert desk.post(f"{draft}/{page}", fields).status_code == 303
        return desk.get(f"{draft}/{page}").text

    told = f'href="#q-{number.name}"'
    shown = save("9")
    assert told in shown
    assert "167105 540595 0001" in shown
    refused = desk.post(f"{draft}/periksa", {})
    assert refused.status_code == 422
    assert f'/{page}?dari=periksa&amp;lengkapi=1#q-{number.name}"' in refused.text

    born = 1995
    settled = save(str(clock.now().year - born))
    assert told not in settled
    assert "167105 540595 0001" in settled
    assert f"#q-{number.name}" not in desk.post(f"{draft}/periksa", {}).text
