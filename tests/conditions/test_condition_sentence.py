"""A condition in words, Indonesian and English."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given

from conditions.condition_strategies import RICH, conditions, sized
from satupintu.conditions import cel
from satupintu.conditions.ast import Condition
from satupintu.conditions.sentence import sentence

TITLES = {
    "age": ("Usia korban", "Age"),
    "forms": ("Bentuk kekerasan", "Forms of violence"),
    "kind": ("Luka", "Injury"),
    "yes": ("Aman pulang", "Safe to go home"),
    "children": ("Anak", "Children"),
    "children.age": ("Usia anak", "Age of the child"),
    "children.needs": ("Kebutuhan anak", "Needs of the child"),
    "born": ("Tanggal lahir", "Date of birth"),
    "told": ("Waktu lapor", "Time of the report"),
}
OPTIONS = {"p": ("Fisik", "Physical"), "q": ("Seksual", "Sexual"), "r": ("Psikis", "Mental")}


class Titles:
    """The words of a small form."""

    def fact(self, name: str, language: str) -> str:
        return TITLES.get(name, (name, name))[language == "en"]

    def option(self, name: str, const: str, language: str) -> str:
        return OPTIONS.get(const, (const, const))[language == "en"]


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("age < 18", "Usia korban di bawah 18", "Age is under 18"),
        ("!(age < 18)", "Usia korban 18 atau lebih", "Age is 18 or more"),
        ("hours > 1512", "hours di atas 1.512", "hours is over 1,512"),
        (
            "'q' in forms",
            "Bentuk kekerasan memuat Seksual",
            "Forms of violence includes Sexual",
        ),
        (
            "!forms.exists(v, v in ['p', 'q', 'r'])",
            "Bentuk kekerasan tidak memuat Fisik, Seksual atau Psikis",
            "Forms of violence does not include Physical, Sexual or Mental",
        ),
        ("kind in ['a', 'b']", "Luka: a atau b", "Injury: a or b"),
        ("kind != 'a'", "Luka bukan a", "Injury is not a"),
        ("!yes", "Aman pulang: tidak", "Safe to go home: no"),
        ("!has(age)", "Usia korban belum dijawab", "Age is not answered"),
        (
            "age < 18 && (yes || kind == 'a')",
            "Usia korban di bawah 18 dan (Aman pulang: ya atau Luka: a)",
            "Age is under 18 and (Safe to go home: yes or Injury: a)",
        ),
        (
            "children.exists(r, r.age < 5 && 'p' in r.needs)",
            "ada isian Anak dengan (Usia anak di bawah 5 dan Kebutuhan anak memuat Fisik)",
            "some row of Children has "
            "(Age of the child is under 5 and Needs of the child includes Physical)",
        ),
        ("!children.exists(r, true)", "Anak kosong", "Children has no row"),
        (
            "born < date('2026-11-23')",
            "Tanggal lahir sebelum 23 November 2026",
            "Date of birth is before 23 November 2026",
        ),
        (
            "told >= date('2026-05-03T07:05:00+07:00')",
            "Waktu lapor paling awal 3 Mei 2026 pukul 07.05",
            "Time of the report is 3 May 2026 at 07.05 or later",
        ),
        ("size(forms) >= 2", "banyaknya Bentuk kekerasan 2 atau lebih", None),
        ("true", "selalu", "always"),
        ("yes && false", "tidak pernah", "never"),
    ],
)
def test_it_says_what_it_means(text: str, indonesian: str, english: str | None) -> None:
    condition = cel.read(text, RICH, functions=True)
    assert sentence(condition, Titles(), "id") == indonesian
    assert english is None or sentence(condition, Titles(), "en") == english


@sized(100)
@given(conditions(RICH))
def test_every_condition_can_be_said(condition: Condition) -> None:
    for language in ("id", "en"):
        said = sentence(condition, Titles(), language)
        assert said
        assert "{" not in said


ROOM = Path(__file__).parents[2] / "platform/satupintu"


def test_every_sentence_of_the_room_is_there_in_both_languages_and_no_other() -> None:
    catalogues = [
        json.loads((ROOM / f"texts/{language}/conditions.json").read_bytes())
        for language in ("id", "en")
    ]
    assert catalogues[0].keys() == catalogues[1].keys()
    for key, said in catalogues[0].items():
        names = set(re.findall(r"{(\w+)}", said))
        assert names == set(re.findall(r"{(\w+)}", catalogues[1][key])), key
    code = "\n".join(p.read_text() for p in (ROOM / "conditions").rglob("*.py"))
    words = set(re.findall(r"\"([a-z_.]+)\"", code))
    for key in catalogues[0]:
        own = key.removeprefix("conditions.").removeprefix("say_").removesuffix("_nearest")
        assert re.fullmatch(r"month_\d+", own) or own in words or f"conditions.{own}" in words, key
