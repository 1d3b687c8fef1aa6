"""Steps of a migration in words: in the difference between two versions, and one by one."""

from __future__ import annotations

import pytest

from forms.small_forms import document
from forms.versions_of_forms import newer, older, one_of, text, with_steps
from satupintu.documents import Json
from satupintu.forms import reading
from satupintu.forms.difference import between, sentences
from satupintu.forms.migrating import migrate
from satupintu.forms.migrating.document import migrations
from satupintu.forms.migrating.telling import fate_sentence, fates_to_tell, step_sentence

BEFORE = older(a=text("a", "Alpa"), b=text("b", "Beta"), k=one_of("k", "m", "n"))
WHY = {"id": "Tidak dipakai.", "en": "Never used."}
NOW = {"x": text("x", "Iks"), "y": text("y", "Ye"), "k": one_of("k", "m", "n")}


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"rename": "a", "to": "x"}, "Answers to “Alpa” go to “Iks”."),
        ({"move": "a", "to": "x"}, "Answers to “Alpa” go to “Iks”."),
        ({"map": "k", "options": {"m": "n"}}, "Options of “Pilihan” become: m → n."),
        ({"map": "a", "options": {"m": "n"}, "to": "x"},
         "Answers to “Alpa” go to “Iks”, options: m → n."),
        ({"split": "a", "into": ["x", "y"], "at": " "},
         "Answers to “Alpa” are split into: Iks, Ye."),
        ({"join": ["a", "b"], "to": "x", "with": " "},
         "Answers to Alpa, Beta become one answer to “Iks”."),
        ({"drop": "a", "why": WHY}, "Answers to “Alpa” are left behind: Never used."),
    ],
)  # fmt: skip
def test_a_step_is_said_in_words(step: dict[str, Json], sentence: str) -> None:
    after = newer(BEFORE, [step], **NOW)
    (read,) = migrations(after)[0].steps
    assert step_sentence(read, BEFORE, after, "en") == sentence
    assert step_sentence(read, None, after, "id") != sentence


def test_a_new_step_is_a_change_in_words_and_so_is_one_that_went() -> None:
    plain = reading.read(document(NOW))
    after = newer(BEFORE, [{"rename": "a", "to": "x"}, {"drop": "b", "why": WHY}], **NOW)
    version = BEFORE.hash[:12]
    assert sentences(plain, after, "en") == (
        f"Answers to version {version} from now on: Answers to “a” go to “Iks”.",
        f"Answers to version {version} from now on: Answers to “b” are left behind: Never used.",
    )
    assert sentences(after, plain, "en")[0].startswith(f"Answers to version {version} no longer: ")
    told = sentences(BEFORE, after, "en")
    assert f"Answers to version {version} from now on: Answers to “Alpa” go to “Iks”." in told


def test_of_a_changed_step_both_are_told_and_of_an_order_only_the_spelling() -> None:
    steps: list[Json] = [{"rename": "a", "to": "x"}, {"drop": "b", "why": WHY}]
    one = newer(BEFORE, steps, **NOW)
    other = newer(BEFORE, [{"rename": "a", "to": "y"}, steps[1]], **NOW)
    assert [(c.kind, c.where) for c in between(one, other)] == [
        ("added", "/x-form/migrations/0/steps/0"), ("removed", "/x-form/migrations/0/steps/0"),
    ]  # fmt: skip
    turned = newer(BEFORE, steps[::-1], **NOW)
    assert [change.weight for change in between(one, turned)] == ["spelling"]
    assert between(one, reading.read(with_steps(document(NOW), BEFORE, steps))) == ()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_version_named_without_steps_and_no_list_at_all_are_told(language: str) -> None:
    plain = reading.read(document(NOW))
    named = newer(BEFORE, [], **NOW)
    assert len(sentences(plain, named, language)) == 1
    without = document(NOW)
    del without["x-form"]["migrations"]
    assert len(sentences(plain, reading.read(without), language)) == 1


def test_what_became_of_an_answer_is_said_without_the_answer() -> None:
    after = newer(BEFORE, [{"rename": "a", "to": "x"}, {"drop": "b", "why": WHY}],
                  x=text("x", "Iks"), k=one_of("k", "n"))  # fmt: skip
    came = migrate(BEFORE, after, {"a": "RAHASIA", "b": "RAHASIA", "k": "m"})
    said = [fate_sentence(fate, after, "en") for fate in fates_to_tell(came.fates)]
    assert said == [
        "Stands under “Iks” now.", "Left behind: Never used.", "The option is no longer there.",
    ]  # fmt: skip
