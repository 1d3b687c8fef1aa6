from __future__ import annotations

from flask.testing import FlaskClient

from satupintu.web.language import choose

OFFERED = ("id", "en")


def test_what_was_asked_for_goes_before_what_was_remembered_and_what_the_browser_prefers() -> None:
    assert choose("en", "id", ["id"], OFFERED) == "en"
    assert choose(None, "en", ["id"], OFFERED) == "en"
    assert choose(None, None, ["en-GB", "id"], OFFERED) == "en"


def test_a_language_that_is_not_offered_is_passed_over() -> None:
    assert choose("xx", "yy", ["fr", "en;"], OFFERED) == "id"


def test_a_language_once_asked_for_stays(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/privasi").text


def test_the_browsers_language_is_used_where_nothing_was_chosen(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert "You are not alone" in page.text


def test_switching_the_language_keeps_the_rest_of_the_address(client: FlaskClient) -> None:
    assert 'href="/datang?dari=sms&amp;lang=en"' in client.get("/datang?dari=sms").text
