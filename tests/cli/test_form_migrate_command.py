"""``satupintu form migrate`` says from files alone what a newer version makes of older answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from forms.small_forms import document
from forms.versions_of_forms import text, with_steps
from satupintu.documents import Json
from satupintu.forms import reading

WHY = {"id": "Tidak dipakai.", "en": "Never used."}
FIRST = document({"nama": text("n", "Nama"), "lama": text("l", "Lama")})
PARTS = {"depan": text("d", "Depan"), "akhir": text("a", "Akhir", maxLength=6)}
STEPS: list[Json] = [
    {"split": "nama", "into": ["depan", "akhir"], "at": " "}, {"drop": "lama", "why": WHY},
]  # fmt: skip
SECOND = with_steps(document(PARTS), reading.read(FIRST), STEPS)
ANSWERS = '{"nama": "Ani Budi", "lama": "x"}\n\n{"nama": "Ani Budiman"}\n'


@pytest.fixture
def migrate(run: Any, tmp_path: Path) -> Any:
    """Run the command on two documents, and answers on stdin."""

    def ran(*more: str, answers: str | None = ANSWERS, second: Json = SECOND, through: Json = None):
        files = {}
        for name, one in (("v1", FIRST), ("v2", second), ("vx", through)):
            files[name] = tmp_path / f"{name}.json"
            files[name].write_text(json.dumps(one), encoding="utf-8")
        given = () if answers is None else ("--answers", "-")
        between = () if through is None else ("--through", files["vx"])
        return run("form", "migrate", "--from", files["v1"], "--to", files["v2"], *between, *given,
                   *more, stdin=answers)  # fmt: skip

    return ran


def test_it_says_how_many_fit_and_why_the_others_do_not_line_by_line(migrate: Any) -> None:
    result = migrate("--lang", "en")
    assert result.exit_code == 1, result.output
    assert result.stdout.splitlines() == [
        "Answers to “Nama” are split into: Depan, Akhir.",
        "Answers to “Lama” are left behind: Never used.",
        "1 of 2 sets of answers fit.",
        "  1 × nama: It is longer or more than the newer question allows.",
        "  1 × lama: A step of the newer version leaves it behind, with a reason.",
        "Line 3, /nama: It is longer or more than the newer question allows.",
    ]


def test_json_holds_every_line_with_its_migrated_answers(migrate: Any) -> None:
    told = json.loads(migrate("--json", "--lang", "en").stdout)
    assert (told["answers"], told["fit"], told["fit_whole"], told["unfit"]) == (2, 1, 0, 1)
    assert [(one["line"], one["fits"], one["answers"]) for one in told["lines"]] == [
        (1, True, {"depan": "Ani", "akhir": "Budi"}), (3, False, {"depan": "Ani"}),
    ]  # fmt: skip
    assert told["lines"][0]["became"][0]["to"] == ["/depan", "/akhir"]
    assert told["lines"][0]["became"][1] == {
        "pointer": "/lama", "how": "dropped", "to": [], "message": "Left behind: Never used.",
    }  # fmt: skip


def test_without_answers_it_says_what_the_steps_do_and_leave_untold(migrate: Any) -> None:
    assert migrate(answers=None).exit_code == 0
    untold = with_steps(document(PARTS), reading.read(FIRST), STEPS[:1])
    result = migrate("--lang", "en", answers=None, second=untold)
    assert result.exit_code == 1
    assert "v2.json#/x-form/migrations/0: Answers to version" in result.stdout
    assert "“lama”" in result.stdout


def test_a_step_that_cannot_be_used_ends_with_two_and_its_place(migrate: Any) -> None:
    steps: list[Json] = [{"rename": "nma", "to": "depan"}]
    result = migrate("--lang", "en", second=with_steps(document(PARTS), reading.read(FIRST), steps))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "v2.json#/x-form/migrations/0/steps/0: " in result.stderr
    assert "Did you mean “nama”?" in result.stderr


@pytest.mark.parametrize("line", ["[1]", "{", '"x"'])
def test_a_line_that_is_no_set_of_answers_ends_with_two_and_its_number(
    migrate: Any, line: str
) -> None:
    result = migrate("--lang", "en", answers=f'{{"nama": "A"}}\n{line}\n')
    assert result.exit_code == 2
    assert "stdin:2" in result.stderr


def test_answers_may_come_by_way_of_a_version_between(migrate: Any) -> None:
    third = with_steps(document({"semua": text("s", "Semua")}), reading.read(SECOND), [
        {"join": ["akhir", "depan"], "to": "semua", "with": ", "},
    ])  # fmt: skip
    result = migrate("--json", through=SECOND, second=third)
    told = json.loads(result.stdout)
    assert [one["answers"] for one in told["lines"]] == [
        {"semua": "Budi, Ani"}, {"semua": "Budiman, Ani"},
    ]  # fmt: skip


def test_two_equal_versions_change_nothing(migrate: Any) -> None:
    told = json.loads(migrate("--json", answers='{"nama": "A"}', second=FIRST).stdout)
    assert told["lines"][0]["answers"] == {"nama": "A"}
