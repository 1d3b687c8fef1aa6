"""The catalogue of question types, as an administrator finds it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from satupintu.forms import catalogue
from satupintu.words import LANGUAGES


def test_every_question_type_is_listed_and_leads_to_its_page(administrator: FlaskClient) -> None:
    page = administrator.get("/katalog").text
    for kind in catalogue.specimens():
        assert f'href="/katalog/{kind}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(catalogue.specimens()))
def test_a_type_stands_beside_its_document(
    administrator: FlaskClient, kind: str, language: str
) -> None:
    answer = administrator.get(f"/katalog/{kind}?lang={language}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "x-sensitivity" in answer.text


def test_an_unknown_type_is_not_found(administrator: FlaskClient) -> None:
    assert administrator.get("/katalog/entah").status_code == 404
