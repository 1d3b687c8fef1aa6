"""A draft comes over by the steps of the newer version, where it has some."""

from __future__ import annotations

from forms.versions_of_forms import newer, older, one_of, text, whole
from satupintu.forms.carrying_over import carry

WHY = {"id": "Tidak perlu.", "en": "Not needed."}


def test_steps_say_where_a_drafts_answers_go_and_what_is_left() -> None:
    before = older(a=text("a"), b=text("b"), c=text("c"), k=one_of("k", "m", "n"), u=text("u"))
    steps = [{"rename": "a", "to": "x"}, {"drop": "b", "why": WHY}]
    after = newer(before, steps, x=text("x"), cc=text("c"), k=one_of("k", "n"), u=whole("u"),
                  baru=text("z"))  # fmt: skip
    over = carry(before, after, {"a": "1", "b": "2", "c": "3", "k": "m", "u": "lama"})
    assert over.answers == {"x": "1", "cc": "3"}
    assert {question.name for question in over.carried} == {"x", "cc"}
    assert {(left.question.name, left.value, left.why) for left in over.left} == {
        ("b", "2", "removed"), ("k", "m", "no_option"), ("u", "lama", "refused"),
    }  # fmt: skip
    assert [question.name for question in over.new] == ["baru"]
    assert (over.names["a"], over.names["c"]) == ("x", "cc")
