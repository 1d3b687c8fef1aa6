"""Answers to an older version of a form, as answers to a newer one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answer_strategies import any_answers, valid_answers
from forms.sample_forms import SAMPLES
from forms.small_forms import document, every_type, question
from forms.versions_of_forms import (
    group,
    newer,
    nothing_vanished,
    older,
    one_of,
    renamed,
    rows,
    several_of,
    text,
    whole,
    with_drawn_steps,
    with_steps,
)
from satupintu.forms import reading
from satupintu.forms.answers import problems
from satupintu.forms.document import Form
from satupintu.forms.migrating import migrate, migrate_along
from satupintu.forms.migrating.comparing import problems as compared
from satupintu.forms.migrating.document import migrations
from satupintu.forms.migrating.way import way


def became(before: Form, after: Form, answers: dict) -> dict[str, str]:
    came = migrate(before, after, answers)
    nothing_vanished(before, answers, came)
    return {fate.question: fate.how for fate in came.fates}


def test_a_question_with_the_same_x_id_is_followed_without_any_step() -> None:
    before = older(nama=text("a"), usia=whole("b"), g=group("c", kota=text("d")))
    after = older(panggilan=text("a"), orang=group("e", usia=whole("b")), kota=text("d"))
    came = migrate(before, after, {"nama": "N", "usia": 3, "g": {"kota": "P"}})
    assert came.answers == {"panggilan": "N", "orang": {"usia": 3}, "kota": "P"}
    assert came.fits
    assert {f.question: f.how for f in came.fates} == {
        "nama": "renamed", "usia": "moved", "g.kota": "moved",
    }  # fmt: skip


def test_a_step_renames_and_moves_a_question_that_got_another_x_id() -> None:
    before = older(a=text("a"), b=whole("b"))
    steps = [{"rename": "a", "to": "z"}, {"move": "b", "to": "g.b"}]
    after = newer(before, steps, z=text("y"), g=group("g", b=whole("x")))
    assert migrate(before, after, {"a": "N", "b": 2}).answers == {"z": "N", "g": {"b": 2}}


def test_a_group_moves_with_what_stands_in_it() -> None:
    before = older(g=group("g", a=text("a"), b=text("b")))
    after = newer(before, [{"move": "g", "to": "h"}], h=group("h", a=text("c"), b=text("b")))
    assert migrate(before, after, {"g": {"a": "1", "b": "2"}}).answers == {
        "h": {"a": "1", "b": "2"}
    }
    assert migrate(before, after, {"g": {}}).answers == {"h": {}}


def test_two_questions_may_change_places_as_steps_have_no_order() -> None:
    before = older(a=text("a"), b=text("b"))
    steps = [{"rename": "a", "to": "b"}, {"rename": "b", "to": "a"}]
    after = newer(before, steps, a=text("c"), b=text("d"))
    assert migrate(before, after, {"a": "1", "b": "2"}).answers == {"a": "2", "b": "1"}


def test_options_are_mapped_several_to_one_and_the_others_stay() -> None:
    before = older(k=one_of("k", "m", "n", "o"), s=several_of("s", "m", "n", "o"))
    steps = [
        {"map": "k", "options": {"m": "x", "n": "x"}},
        {"map": "s", "options": {"m": "x", "n": "x"}},
    ]
    after = newer(before, steps, k=one_of("k", "x", "o"), s=several_of("s", "x", "o"))
    came = migrate(before, after, {"k": "n", "s": ["m", "n", "o"]})
    assert came.answers == {"k": "x", "s": ["x", "o"]}
    assert migrate(before, after, {"k": "o"}).answers == {"k": "o"}


def test_yes_and_no_may_become_options() -> None:
    before = older(k=question("k", type="boolean"))
    steps = [{"map": "k", "options": {"true": "ya", "false": "tidak"}, "to": "p"}]
    after = newer(before, steps, p=one_of("p", "ya", "tidak", "ragu"))
    assert migrate(before, after, {"k": True}).answers == {"p": "ya"}


def test_a_text_is_split_at_a_separator_and_by_a_pattern() -> None:
    before = older(n=text("n"), u=text("u"))
    steps = [
        {"split": "n", "into": ["d", "b"], "at": " "},
        {"split": "u", "into": ["dari", "sampai"], "pattern": "([0-9]+) *- *([0-9]+)"},
    ]
    after = newer(before, steps, d=text("d"), b=text("b"), dari=whole("x"), sampai=whole("y"))
    came = migrate(before, after, {"n": "Ani Budi Cici", "u": "3 - 5"})
    assert came.answers == {"d": "Ani", "b": "Budi Cici", "dari": 3, "sampai": 5}
    assert migrate(before, after, {"n": "Ani"}).answers == {"d": "Ani"}
    assert became(before, after, {"u": "lama"}) == {"u": "unfit"}


def test_an_answer_asked_as_a_whole_is_split_by_its_keys_and_the_rest_is_named() -> None:
    keys = {"jalan": {"type": "string"}, "rt": {"type": "integer"}, "pos": {"type": "string"}}
    before = older(alamat=question("a", type="object", properties=keys))
    steps = [{"split": "alamat", "parts": {"jalan": "jalan", "rt": "rt"}}]
    after = newer(before, steps, jalan=text("j"), rt=whole("r"))
    came = migrate(before, after, {"alamat": {"jalan": "Melati", "rt": 4, "pos": "31111"}})
    assert came.answers == {"jalan": "Melati", "rt": 4}
    assert [(fate.pointer, fate.how) for fate in came.lost] == [("/alamat/pos", "gone")]


def test_answers_are_joined_with_a_separator_a_template_or_as_lists() -> None:
    before = older(a=text("a"), b=whole("b"), c=text("c"), d=text("d"),
                   s=several_of("s", "m"), t=several_of("t", "n"))  # fmt: skip
    steps = [
        {"join": ["a", "b"], "to": "x", "with": ", "},
        {"join": ["c", "d"], "to": "y", "template": "{c} ({d})"},
        {"join": ["s", "t"], "to": "z"},
    ]
    after = newer(before, steps, x=text("x"), y=text("y"), z=several_of("z", "m", "n"))
    answers = {"a": "Ani", "b": 4, "c": "C", "d": "D", "s": ["m"], "t": ["n"]}
    assert migrate(before, after, answers).answers == {"x": "Ani, 4", "y": "C (D)", "z": ["m", "n"]}
    assert migrate(before, after, {"b": 4}).answers == {"x": "4"}


def test_what_is_dropped_comes_back_with_its_reason() -> None:
    before = older(a=text("a"), b=text("b"))
    why = {"id": "Tidak perlu.", "en": "Not needed."}
    after = newer(before, [{"drop": "a", "why": why}], b=text("b"))
    came = migrate(before, after, {"a": "1", "b": "2"})
    assert came.answers == {"b": "2"}
    assert [(f.question, f.how, f.why, f.value) for f in came.lost] == [("a", "dropped", why, "1")]
    assert came.fits


def test_what_no_step_speaks_of_is_named_as_gone() -> None:
    before, after = older(a=text("a"), b=text("b")), older(b=text("b"))
    assert became(before, after, {"a": "1", "b": "2", "lain": 3}) == {
        "a": "gone", "b": "kept", "": "gone",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "value", "reason"),
    [
        (one_of("k", "m"), "n", "option"),
        (text("k", maxLength=2), "abc", "too_much"),
        (text("k", minLength=5), "abc", "too_little"),
        (whole("k"), "abc", "type"),
        (text("k", pattern="^[0-9]+$"), "abc", "spelling"),
    ],
)
def test_what_does_not_fit_is_taken_out_and_says_why_without_the_answer(
    schema: dict, value: str, reason: str
) -> None:
    before, after = older(k=text("k")), older(k=schema)
    came = migrate(before, after, {"k": value})
    assert came.answers == {}
    assert [(f.how, f.reason, f.pointer) for f in came.unfit] == [("unfit", reason, "/k")]
    assert not came.fits


def test_of_a_list_the_options_that_are_left_are_kept_and_the_others_named() -> None:
    before, after = older(s=several_of("s", "m", "n")), older(s=several_of("s", "n"))
    came = migrate(before, after, {"s": ["m", "n"]})
    assert came.answers == {"s": ["n"]}
    assert [fate.value for fate in came.lost] == [["m"]]
    assert migrate(before, after, {"s": ["m"]}).answers == {}


def test_a_new_question_that_must_be_answered_is_a_problem_at_its_place() -> None:
    before = older(a=text("a"))
    after = reading.read(document({"a": text("a"), "b": text("b")}, required=["b"]))
    came = migrate(before, after, {"a": "1"})
    assert [problem.pointer for problem in came.problems] == ["/b"]
    assert not came.fits


def test_rows_follow_their_questions_and_keep_their_order() -> None:
    before = older(anak=rows("r", nama=text("n"), usia=whole("u"), kelas=text("k")))
    steps = [{"rename": "anak.kelas", "to": "orang.tingkat"}]
    after = newer(
        before,
        steps,
        orang=rows("r", nama=text("n"), umur=whole("u", maximum=9), tingkat=text("t")),
    )
    given_ = {"anak": [{"nama": "A", "usia": 4}, {"nama": "B", "usia": 12, "kelas": "6"}]}
    came = migrate(before, after, given_)
    assert came.answers == {"orang": [{"nama": "A", "umur": 4}, {"nama": "B", "tingkat": "6"}]}
    assert [(f.pointer, f.how) for f in came.lost] == [("/anak/1/usia", "unfit")]
    nothing_vanished(before, given_, came)


def test_files_keep_their_references() -> None:
    file = question("f", type="string", format="uuid", **{"x-ui": {"accept": ["image/png"]}})
    before, after = older(foto=file), older(gambar=file)
    one = "0b6f1f0e-5d55-4c1e-9a55-2f1f5d3c7a10"
    assert migrate(before, after, {"foto": one}).answers == {"gambar": one}


def test_what_is_computed_now_is_worked_out_and_the_older_answer_named() -> None:
    before = older(a=whole("a"), b=whole("b"))
    after = older(a=whole("a"), b=whole("b", minimum=0, maximum=99, **{"x-computed": "a + a"}))
    came = migrate(before, after, {"a": 2, "b": 7})
    assert came.answers == {"a": 2, "b": 4}
    assert [(f.question, f.how, f.value) for f in came.lost] == [("b", "computed", 7)]


def test_what_is_not_asked_any_more_with_these_answers_is_named() -> None:
    before = older(a=question("a", type="boolean"), b=text("b"))
    asked = {
        "if": {"properties": {"a": {"const": True}}, "required": ["a"]},
        "then": {"properties": {"b": text("b")}},
    }
    after = reading.read(document({"a": question("a", type="boolean")}, allOf=[asked]))
    assert became(before, after, {"a": False, "b": "x"}) == {"a": "kept", "b": "hidden"}
    assert became(before, after, {"a": True, "b": "x"}) == {"a": "kept", "b": "kept"}
    in_a_draft = migrate(before, after, {"a": False, "b": "x"}, keep_hidden=True)
    assert in_a_draft.answers == {"a": False, "b": "x"}
    assert in_a_draft.fits
    assert not in_a_draft.lost


def chain() -> tuple[Form, Form, Form]:
    first = older(a=text("a"), k=one_of("k", "m", "n"), alt=text("z"))
    second = newer(
        first, [{"rename": "a", "to": "b"}, {"map": "k", "options": {"m": "x", "n": "x"}}],
        b=text("b"), k=one_of("k", "x", "o"), alt=text("z"),
    )  # fmt: skip
    third = newer(second, [{"split": "b", "into": ["c", "d"], "at": " "}], c=text("c"), d=text("d"),
                  kk=one_of("k", "x", "o"))  # fmt: skip
    return first, second, third


def test_versions_in_a_chain_compose() -> None:
    first, second, third = chain()
    answers = {"a": "Ani Budi", "k": "m", "alt": "?"}
    came = migrate_along((first, second, third), answers)
    assert came.answers == {"c": "Ani", "d": "Budi", "kk": "x"}
    assert {f.question: f.how for f in came.fates} == {"a": "split", "k": "mapped", "alt": "gone"}
    nothing_vanished(first, answers, came)


@given(a=st.text("ab ", max_size=6), k=st.sampled_from(["m", "n"]))
def test_a_chain_comes_to_the_same_as_one_step_after_the_other(a: str, k: str) -> None:
    first, second, third = chain()
    half = migrate(first, second, {"a": a, "k": k}).answers
    assert migrate_along((first, second, third), {"a": a, "k": k}).answers == (
        migrate(second, third, half).answers
    )


def test_the_way_goes_by_the_versions_that_say_something() -> None:
    first, second, third = chain()
    words_only = older(a=text("a", "Lain"), k=one_of("k", "m", "n"), alt=text("z"))
    known = {form.hash: form for form in (words_only, second)}
    read = known.__getitem__
    assert way(first, third, [second.hash], read) == (first, second, third)
    assert way(first, third, [], read) == (first, third)
    assert way(first, first, [second.hash], read) == (first,)
    assert way(first, words_only, [second.hash], read)[-1] == words_only
    textual = older(c=text("c"), d=text("d"), kk=one_of("k", "x", "o"), e=text("e"))
    known[third.hash] = third
    assert way(first, textual, [second.hash, third.hash], read) == (first, second, third, textual)


def test_what_the_newest_version_says_of_a_version_goes_before_a_way_over_others() -> None:
    first, second, _ = chain()
    direct = newer(
        first, [{"rename": "a", "to": "b"}], b=text("b"), k=one_of("k", "m"), alt=text("z")
    )
    assert way(first, direct, [second.hash], {second.hash: second}.__getitem__) == (first, direct)


FORMS = {
    "every type": every_type,
    **{n: (lambda n=n: reading.read(SAMPLES[n]()[0])) for n in SAMPLES},
}


@pytest.mark.parametrize("name", sorted(FORMS))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_renaming_every_question_and_back_changes_no_answer(name: str, data: st.DataObject) -> None:
    first = FORMS[name]()
    there = reading.read(renamed(dict(first.schema), "_x"))
    answers = data.draw(valid_answers(first))
    came = migrate(first, there, answers)
    assert came.fits
    assert not came.lost
    assert migrate(there, first, came.answers).answers == answers
    nothing_vanished(first, answers, came)


@pytest.mark.parametrize("name", sorted(FORMS))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_answers_to_any_form_are_valid_under_another_or_every_lack_is_told(
    name: str, data: st.DataObject
) -> None:
    first = FORMS[name]()
    after = FORMS[data.draw(st.sampled_from(sorted(FORMS)))]()
    strategy = valid_answers(first) if data.draw(st.booleans()) else any_answers(first)
    answers = data.draw(strategy)
    came = migrate(first, after, answers)
    assert (problems(after, came.answers) == ()) == (came.problems == ())
    nothing_vanished(first, answers, came)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_steps_drawn_at_random_lose_nothing_in_silence(data: st.DataObject) -> None:
    before, after = data.draw(with_drawn_steps())
    assert not [p for p in compared(before, after) if p.level == "error"]
    answers = data.draw(valid_answers(before))
    came = migrate(before, after, answers)
    assert (problems(after, came.answers) == ()) == (came.problems == ())
    nothing_vanished(before, answers, came)
    untold = {str(p.params["name"]) for p in compared(before, after) if p.key == "migrating.untold"}
    assert {f.question for f in came.fates if f.how == "gone" and f.value != ""} <= untold | {
        f.question for f in came.fates if f.how == "gone" and not str(f.value).strip(" -")
    }


def test_migrations_are_read_as_they_are_written() -> None:
    before = older(a=text("a"))
    document_ = with_steps(document({"b": text("b")}), before, [{"rename": "a", "to": "b"}])
    (one,) = migrations(reading.read(document_))
    assert one.source == before.hash
    assert one.steps[0].where == "/x-form/migrations/0/steps/0"
