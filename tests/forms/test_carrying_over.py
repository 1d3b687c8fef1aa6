"""A draft's answers under a newer version of its form: what comes along, what does not, and why."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answer_strategies import valid_answers
from forms.small_forms import choice, every_type, form, question
from satupintu.documents import Json
from satupintu.forms.answers import with_computed
from satupintu.forms.carrying_over import carry


def _left(found: object) -> list[tuple[str, Json, str]]:
    return [(one.question.name, one.value, one.why) for one in found.left]  # type: ignore[attr-defined]


def _group(x_id: str, **children: Json) -> dict[str, Json]:
    return question(x_id, type="object", unevaluatedProperties=False, properties=children)


def _rows(x_id: str, **children: Json) -> dict[str, Json]:
    row = {"type": "object", "unevaluatedProperties": False, "properties": children}
    return question(x_id, type="array", maxItems=3, items=row)


@given(st.data())
@settings(max_examples=30)
def test_under_the_same_form_everything_comes_along(data: st.DataObject) -> None:
    of = every_type()
    answers = data.draw(valid_answers(of))
    found = carry(of, of, answers)
    assert found.answers == with_computed(of, answers)
    assert (found.left, found.new) == ((), ())


def test_a_renamed_and_moved_question_is_known_by_its_id() -> None:
    old = form({"usia": question("u", type="integer", minimum=0, maximum=99)})
    inside = question("u", type="integer", minimum=0, maximum=99)
    new = form({"korban": _group("k", umur=inside)})
    found = carry(old, new, {"usia": 30})
    assert found.answers == {"korban": {"umur": 30}}
    assert found.names == {"usia": "korban.umur"}
    assert carry(new, old, found.answers).answers == {"usia": 30}


def test_what_is_asked_no_more_comes_back_with_its_answer() -> None:
    old = form({"a": question("a", type="string"), "b": question("b", type="string")})
    new = form({"b": question("b", type="string"), "c": question("c", type="string")})
    found = carry(old, new, {"a": "kata", "b": "dua"})
    assert found.answers == {"b": "dua"}
    assert _left(found) == [("a", "kata", "removed")]
    assert [q.name for q in found.new] == ["c"]
    assert [q.name for q in found.carried] == ["b"]


def test_a_question_that_is_computed_now_gives_its_answer_up() -> None:
    whole = {"type": "integer", "minimum": 0, "maximum": 99}
    old = form({"n": question("n", **whole), "dua": question("d", **whole)})
    new = form({"n": question("n", **whole), "dua": question("d", **whole, **{"x-computed": "n"})})
    found = carry(old, new, {"n": 4, "dua": 7})
    assert found.answers == {"n": 4, "dua": 4}
    assert _left(found) == [("dua", 7, "computed")]
    assert carry(new, old, {"n": 4, "dua": 4}).answers == {"n": 4}


def test_options_that_are_gone_are_told_and_the_others_stay() -> None:
    def many(*options: str) -> dict[str, Json]:
        items = {"type": "string", "oneOf": choice(*options)}
        return question("m", type="array", uniqueItems=True, items=items)

    def one(*options: str) -> dict[str, Json]:
        return question("o", type="string", oneOf=choice(*options))

    old = form({"m": many("x", "y"), "o": one("x", "y")})
    new = form({"m": many("y", "z"), "o": one("y", "z")})
    found = carry(old, new, {"m": ["x", "y"], "o": "x"})
    assert found.answers == {"m": ["y"]}
    assert _left(found) == [("m", ["x"], "no_option"), ("o", "x", "no_option")]


def test_a_type_that_accepts_it_no_longer_refuses_but_an_old_slip_stays_to_be_mended() -> None:
    old = form({"q": question("q", type="integer", minimum=0, maximum=120)})
    lower = form({"q": question("q", type="integer", minimum=0, maximum=17)})
    text = form({"q": question("q", type="string")})
    assert _left(carry(old, lower, {"q": 30})) == [("q", 30, "refused")]
    assert _left(carry(old, text, {"q": 30})) == [("q", 30, "refused")]
    assert carry(old, lower, {"q": 400}).answers == {"q": 400}


def test_rows_come_over_field_by_field_and_keep_their_places() -> None:
    name, age = question("n", type="string"), question("u", type="string", maxLength=3)
    old = form({"anak": _rows("r", nama=name, usia=age)})
    new = form({"anak2": _rows("r", panggilan=name), "lain": question("l", type="string")})
    found = carry(old, new, {"anak": [{"nama": "A", "usia": "5"}, {}, {"nama": "B"}]})
    assert found.answers == {"anak2": [{"panggilan": "A"}, {}, {"panggilan": "B"}]}
    assert _left(found) == [("anak.usia", "5", "removed")]
    assert found.names["anak.nama"] == "anak2.panggilan"


def test_answers_of_hidden_questions_come_along_as_a_draft_keeps_them() -> None:
    condition = {"properties": {"a": {"const": True}}, "required": ["a"]}
    then = {"properties": {"b": question("b", type="string")}}
    of = form({"a": question("a", type="boolean")}, allOf=[{"if": condition, "then": then}])
    assert carry(of, of, {"a": False, "b": "x"}).answers == {"a": False, "b": "x"}
