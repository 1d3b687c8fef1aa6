"""A place as plain coordinates, however people write or paste it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.asked_alone import WIB, assert_comes_back, assert_told_once, kind_of, post, said
from forms.browser_without_script import Page
from forms.small_forms import one, question
from satupintu.documents import Json
from satupintu.forms.coordinates import DECIMALS, Coordinates, coordinates, written
from satupintu.forms.questions import used
from satupintu.forms.questions.place_on_map import LOCATES
from satupintu.forms.reading_back import answers_html
from satupintu.forms.rendering import page_html

NUMBER: dict[str, Json] = {"type": "number"}


def place(lat: dict[str, Json] = NUMBER, lon: dict[str, Json] = NUMBER) -> dict[str, Json]:
    return question(
        "s-1", "Tempat", type="object", properties={"lat": lat, "lon": lon},
        required=["lat", "lon"], unevaluatedProperties=False,
        **{"x-ui": {"widget": "place-on-map"}},
    )  # fmt: skip


PLACE = place()
CITY = place(
    {"type": "number", "minimum": -3.6, "maximum": -3.2},
    {"type": "number", "minimum": 104, "maximum": 104.5},
)
HERE = {"lat": -3.4327, "lon": 104.2356}


@pytest.mark.parametrize(
    "text",
    [
        "-3.4327, 104.2356",
        "-3.4327,104.2356",
        " −3,4327  104,2356 ",
        "-3,4327; 104,2356",
        "-3,4327, 104,2356",
        "104.2356, -3.4327",
        "3.4327 S, 104.2356 E",
        "S 3.4327 E 104.2356",
        "3,4327 LS 104,2356 BT",
        "104.2356e 3.4327s",
        "3°25'57.72\"S 104°14'8.16\"E",
        "3° 25′ 57,72″ LS, 104° 14′ 8,16″ BT",
        "3°25.962' S 104°14.136' E",
        "geo:-3.4327,104.2356",
        "GEO:-3.4327,104.2356,12;u=35",
        "geo:-3.4327,104.2356?z=17",
        "https://www.google.com/maps/@-3.4327,104.2356,15z",
        "https://www.google.com/maps/place/X/@-3.4,104.2,17z/data=!3m1!4b1!3d-3.4327!4d104.2356",
        "https://maps.google.com/?q=-3.4327,104.2356",
        "https://www.google.com/maps/search/?api=1&query=-3.4327%2C104.2356",
        "https://www.openstreetmap.org/?mlat=-3.4327&mlon=104.2356#map=15/-3.4/104.2",
        "https://www.openstreetmap.org/#map=15/-3.4327/104.2356",
        "https://maps.apple.com/?ll=-3.4327,104.2356",
        "https://www.bing.com/maps?cp=-3.4327~104.2356",
        "https://www.google.com/maps/search/-3.4327,+104.2356?sa=X",
    ],
)
def test_a_place_is_read_however_it_is_written(text: str) -> None:
    assert post(PLACE, text).answers == {"q": HERE}
    assert post(CITY, text).answers == {"q": HERE}


@pytest.mark.parametrize(
    "text",
    [
        "dekat pasar", "-3.4327", "-3,43", "3,104", "91, 181", "3.4 S 104.2 S", "3.4 E 104.2 E",
        "-3.4 S, 104.2 E", "3°61'0\"S 104°14'8\"E", "1, 2, 3", "geo:x,y", "-3.4327 104.2356 x",
    ],
)  # fmt: skip
def test_what_says_no_place_is_shown_again_with_what_to_write(text: str) -> None:
    assert_told_once(PLACE, text, "questions.no_such_place")


@pytest.mark.parametrize("text", ["https://maps.app.goo.gl/abcdef", "https://[", "http://x/?q=a"])
def test_a_link_without_coordinates_says_to_open_it(text: str) -> None:
    assert_told_once(PLACE, text, "questions.short_map_link")


def test_a_place_outside_what_is_asked_about_says_the_bounds() -> None:
    assert_told_once(CITY, "-6.2, 106.8", "questions.place_outside")
    (problem,) = post(CITY, "-6.2, 106.8").problems
    assert "-3,6" in problem.sentence("id")
    assert "-3.6" in problem.sentence("en")


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_is_written_so_that_it_is_read_again(lat: float, lon: float) -> None:
    here = Coordinates(round(lat, DECIMALS), round(lon, DECIMALS))
    assert coordinates(written(here)) == here


@given(st.text("0123456789 -.,;°'\"NSEWLUBTgeo:/?@=&!#~()[]%", max_size=80) | st.text(max_size=80))
def test_any_text_is_a_place_on_the_earth_or_none(text: str) -> None:
    for one_of in (text, f"https://{text}"):
        found = coordinates(one_of)
        assert found is None or (abs(found.lat) <= 90 and abs(found.lon) <= 180)


def test_a_long_text_is_no_work() -> None:
    for text in ("3" + " " * 100_000, "3°" * 50_000, "https://x/" + "-1,1" * 50_000):
        assert coordinates(text) is None or text.startswith("https")


@pytest.mark.parametrize("value", [HERE, {"lat": 0, "lon": 0}, {"lat": -90, "lon": 180}])
def test_an_answer_comes_back(value: Json) -> None:
    assert kind_of(PLACE) == "place-on-map"
    assert one(PLACE).facts == {}
    assert_comes_back(PLACE, value)


def test_it_reads_back_with_a_link_for_the_phone_and_loads_nothing() -> None:
    html = str(answers_html(one(PLACE), {"q": HERE}, language="id", zone=WIB))
    assert said(PLACE, HERE, "id") == "-3.4327, 104.2356"
    assert 'href="geo:-3.4327,104.2356"' in html
    asked = one(PLACE)
    page = Page(str(page_html(asked, asked.pages[0], language="id", zone=WIB, answers={})))
    assert page.links == []
    assert page.scripts == 0
    (button,) = (e for e in page.by_id.values() if e.attributes.get("id") == "q-q-located")
    assert button.attributes["role"] == "status"


def test_a_page_may_ask_the_device_where_it_is_also_inside_a_whole_answer() -> None:
    inside = {k: v for k, v in PLACE.items() if k != "x-id"}
    trip = {"type": "array", "items": {"type": "object", "properties": {"di": inside}}}
    whole = one(question("s-2", "Perjalanan", **trip))
    assert whole.questions["q"].is_whole
    assert set(used(whole.questions.values())) == {LOCATES}
    assert set(used(one(question("s-3", type="string")).questions.values())) == set()
