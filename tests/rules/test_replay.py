"""A rule set as SQL decides what the plain meaning decides, wherever the cases lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from benchmarks import generated
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, conditions, facts, sized, vocabularies, without
from forms import further_sample_forms  # noqa: F401 - registers its samples
from forms.sample_forms import sample_form
from rules.every_case import decisions, every_case, small
from rules.rule_content import document, form_facts, shipped
from rules.rule_strategies import rule, rule_set, rule_sets
from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import FactTypes, Many, Text
from satupintu.conditions.values import Facts
from satupintu.errors import BadDocument, Unavailable
from satupintu.forms import facts as form_facts_of
from satupintu.forms import reading as form_reading
from satupintu.forms.completing import completed
from satupintu.forms.document import Form
from satupintu.rules import examples, plain, samples
from satupintu.rules.decision import Decision
from satupintu.rules.document import Outcome, RuleSet
from satupintu.rules.readings.replay import cases, synthetic
from satupintu.rules.readings.replay.decided import Side, decided, facts_read
from satupintu.rules.readings.replay.engines import Duck, Engine
from satupintu.rules.readings.replay.expressions import Expressions
from satupintu.rules.readings.replay.impact import Move, OfAgency, impact, read_by, together
from satupintu.rules.readings.replay.layout import CASE, Layout
from satupintu.rules.readings.replay.telling import lines

MONDAY = date(2026, 11, 23)


def by_sql(ruleset: RuleSet, some: Sequence[Facts]) -> list[Decision]:
    """Decide cases in DuckDB, in their order."""
    types = facts_read(ruleset)
    with cases.held(types, [(MONDAY, only(case, types)) for case in some]) as (engine, table):
        return read_back(engine, table, ruleset)


def read_back(engine: Engine, table: Any, ruleset: RuleSet) -> list[Decision]:
    side = Side("n", ruleset)
    query = decided(table, [side], [CASE]).query
    records = engine.records(sqlalchemy.select(query).order_by(query.c[CASE]))
    return [side.decision(record) for record in records]


def only(case: Facts, types: FactTypes) -> Facts:
    return {name: value for name, value in case.items() if name in types}


def agree(ruleset: RuleSet, some: Sequence[Facts]) -> None:
    assert by_sql(ruleset, some) == [plain.decide(ruleset, case) for case in some]


@sized(25, assured=4_000)
@given(st.data())
def test_sql_agrees_on_rule_sets_over_every_type_of_fact(data: st.DataObject) -> None:
    types = without(RICH, Text)
    ruleset = data.draw(rule_sets(types))
    agree(ruleset, data.draw(st.lists(facts(types), min_size=1, max_size=5)))


@sized(25, assured=4_000)
@given(st.data())
def test_sql_agrees_on_drawn_vocabularies(data: st.DataObject) -> None:
    types: FactTypes = data.draw(vocabularies())
    ruleset = data.draw(rule_sets(types))
    agree(ruleset, data.draw(st.lists(facts(types), min_size=1, max_size=5)))


@sized(25, assured=2_000)
@given(st.data())
def test_an_expression_is_true_false_and_null_where_the_meaning_says(data: st.DataObject) -> None:
    types = without(RICH, Text)
    some = data.draw(st.lists(facts(types), min_size=1, max_size=5))
    three = data.draw(st.lists(conditions(types), min_size=1, max_size=4))
    assert said(types, some, three) == [[holds(one, case) for one in three] for case in some]


def said(types: FactTypes, some: Sequence[Facts], wanted: Sequence[Condition]) -> list[list[Any]]:
    with cases.held(types, [(MONDAY, case) for case in some]) as (engine, table):
        read = Expressions(dict(table.c.items()), types)
        columns = [read.of(one).label(str(n)) for n, one in enumerate(wanted)]
        query = sqlalchemy.select(*columns).select_from(table).order_by(table.c[CASE])
        return [list(record.values()) for record in engine.records(query)]


def test_sql_agrees_on_the_shipped_rules_and_on_every_example() -> None:
    agree(shipped(), list(samples.draw(shipped(), 300)))
    known = examples.facts(shipped())
    found = dict(zip(map(repr, known), by_sql(shipped(), known), strict=True))
    assert all(one.passed for one in examples.run(shipped(), lambda case: found[repr(case)]))


@pytest.mark.parametrize("count", [10, 100])
def test_sql_agrees_on_generated_rule_sets(count: int) -> None:
    ruleset = generated.rule_set(count, seed=count, derived=True)
    agree(ruleset, list(samples.draw(ruleset, 200)))


@pytest.mark.assure
def test_sql_agrees_on_2000_rules_and_on_20000_cases() -> None:
    ruleset = generated.rule_set(2_000, derived=True)
    agree(ruleset, list(samples.draw(ruleset, 50)))
    agree(shipped(), list(samples.draw(shipped(), 20_000, seed=13)))


@given(case=facts(without(RICH, Text)))
def test_a_row_holds_the_facts_it_was_made_of(case: Facts) -> None:
    layout = Layout(without(RICH, Text))
    assert plainly(layout.facts(layout.record(7, MONDAY, case))) == plainly(case)


def plainly(value: Any) -> Any:
    """Return facts with lists of choices as sets: no rule can ask for their order."""
    match value:
        case dict():
            return {name: plainly(inner) for name, inner in value.items()}
        case tuple() if all(isinstance(one, str) for one in value):
            return frozenset(value)
        case tuple():
            return [plainly(one) for one in value]
    return value


def test_names_too_long_for_a_database_stay_apart() -> None:
    options = tuple(f"{'pilihan_yang_panjang' * 4}_{n}" for n in range(3))
    layout = Layout({"pertanyaan": Many(options)})
    assert len(layout.columns) == 2 + 3
    assert max(len(name.encode()) for name in layout.columns) <= 63
    case = {"pertanyaan": options[1:2]}
    assert layout.facts(layout.record(0, MONDAY, case)) == case


TYPES = without(RICH, Text)


def week(n: int) -> date:
    return MONDAY - timedelta(weeks=n % 5)


@pytest.fixture(scope="module")
def past_cases() -> list[Facts]:
    return list(samples.draw(rule_set((), TYPES), 60))


@pytest.fixture(scope="module")
def postgresql_facts(
    new_postgresql: Callable[..., tuple[str, Callable[[], None]]], past_cases: list[Facts]
) -> str:
    """A PostgreSQL database with past cases in the table ``facts``."""
    url, _ = new_postgresql(migrated=False)
    layout = Layout(TYPES)
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        layout.table().create(connection)
        records = [layout.record(n, week(n), case) for n, case in enumerate(past_cases)]
        connection.execute(layout.table().insert(), records)
    return url


@sized(6, assured=300)
@given(st.data())
def test_postgresql_decides_and_counts_as_the_meaning_and_duckdb_do(
    postgresql_facts: str, past_cases: list[Facts], data: st.DataObject
) -> None:
    old, new = data.draw(rule_sets(TYPES)), data.draw(rule_sets(TYPES))
    types = read_by(old, new)
    with cases.opened(postgresql_facts, small(), types) as (engine, table):
        assert read_back(engine, table, new) == [plain.decide(new, case) for case in past_cases]
        there = impact(old, new, engine, table)
    dated = [(week(n), only(case, types)) for n, case in enumerate(past_cases)]
    with cases.held(types, dated) as (engine, table):
        assert impact(old, new, engine, table) == there


@sized(20, assured=1_000)
@given(st.data())
def test_the_impact_is_what_counting_every_case_says(data: st.DataObject) -> None:
    old, new = data.draw(rule_sets(small().facts)), data.draw(rule_sets(small().facts))
    types = read_by(old, new)
    dated = [(week(n), only(case, types)) for n, case in enumerate(every_case())]
    with cases.held(types, dated) as (engine, table):
        found = impact(old, new, engine, table)
    pairs = list(zip(decisions(old), decisions(new), strict=True))
    changed = [n for n, (before, after) in enumerate(pairs) if not before.same_outcome(after)]
    assert (found.cases, found.changed) == (len(every_case()), len(changed))
    for code, one in found.agencies.items():
        assert one == counted(code, pairs)
    assert {c for pair in pairs for d in pair for c in hours(d)} <= found.agencies.keys()
    for one_week in found.weeks:
        here = [pair for n, pair in enumerate(pairs) if week(n) == one_week.monday]
        assert one_week.cases == len(here)
        assert one_week.changed == sum(not b.same_outcome(a) for b, a in here)
        for code, (before, after) in one_week.agencies.items():
            assert before == sum(code in hours(b) for b, _ in here)
            assert after == sum(code in hours(a) for _, a in here)
    told_apart = sum(change.cases for change in found.changes)
    assert told_apart == len(changed) or found.kinds > len(found.changes)
    for change in found.changes:
        before, after = (plain.decide(ruleset, change.facts) for ruleset in (old, new))
        assert not before.same_outcome(after)
        moved = {m.of[0]: (m.before, m.after) for m in change.moves if whole_agency(m)}
        for code in hours(before).keys() | hours(after).keys():
            was, is_ = hours(before).get(code), hours(after).get(code)
            assert moved.get(code, (was, was)) == (was, is_)


def test_replays_in_parts_say_together_what_one_over_all_says() -> None:
    old, new = generated.rule_set(40, seed=1), generated.rule_set(40, seed=2)
    types = read_by(old, new)
    dated = [(week(n), only(c, types)) for n, c in enumerate(samples.draw(old, 300))]
    found = []
    for some in (dated, dated[:100], dated[100:]):
        with cases.held(types, some) as (engine, table):
            found.append(impact(old, new, engine, table))
    whole, parts = found[0], together(found[1:])
    assert (parts.cases, parts.changed) == (whole.cases, whole.changed)
    assert (parts.agencies, parts.weeks) == (whole.agencies, whole.weeks)
    assert together([]).cases == 0


def whole_agency(move: Move) -> bool:
    return move.what == "hours" and len(move.of) == 1


def hours(decision: Decision) -> dict[str, int]:
    return {agency.agency: agency.within_hours for agency in decision.agencies}


def counted(code: str, pairs: Sequence[tuple[Decision, Decision]]) -> OfAgency:
    both = [(hours(b).get(code), hours(a).get(code)) for b, a in pairs]
    return OfAgency(
        before=sum(b is not None for b, _ in both),
        after=sum(a is not None for _, a in both),
        gained=sum(b is None and a is not None for b, a in both),
        lost=sum(b is not None and a is None for b, a in both),
        sooner=sum(b is not None and a is not None and a < b for b, a in both),
        later=sum(b is not None and a is not None and a > b for b, a in both),
    )


def form(name: str) -> Form:
    return form_reading.read(document(f"schemas/forms/{name}.json"))


@pytest.mark.parametrize("name", ["asesmen-awal", "laporan-publik", "tindak-lanjut"])
def test_made_up_cases_are_ones_that_their_form_accepts(name: str) -> None:
    judge_drawn(form(name), 150)


def test_made_up_cases_keep_to_conditions_bounds_and_lists_of_a_small_form() -> None:
    drawn = judge_drawn(small(), 400)
    as_rules_see = {repr(sorted(case.items())) for case in drawn}
    every = {repr(sorted(case.items())) for case in every_case()}
    assert as_rules_see <= every
    assert len(as_rules_see) > len(every) / 2


def test_made_up_cases_say_of_a_list_inside_a_row_only_that_it_is_there() -> None:
    of = sample_form("rows in rows")
    with closing(Duck()) as engine:
        records = list(engine.records(sqlalchemy.select(synthetic.draw(of, 100, engine))))
    rows = [row for r in records for row in Layout(of.types).facts(r).get("anak", ())]
    assert {row["sekolah"] for row in rows if "sekolah" in row} == {True}
    assert None not in [completed(of, Layout(of.types).facts(record)) for record in records]


def judge_drawn(of: Form, count: int) -> list[Facts]:
    with closing(Duck()) as engine:
        table = synthetic.draw(of, count, engine)
        records = list(engine.records(sqlalchemy.select(table)))
    assert [record[CASE] for record in records] == list(range(count))
    found = []
    for record in records:
        values = Layout(of.types).facts(record)
        answers = completed(of, values)
        assert answers is not None, values
        seen = form_facts_of.facts(of, answers)
        assert seen == only(values, of.facts)
        found.append(seen)
    return found


def test_the_same_seed_draws_the_same_cases_and_another_draws_others() -> None:
    def drawn(seed: int) -> list[Any]:
        with closing(Duck()) as engine:
            table = synthetic.draw(small(), 50, engine, seed=seed)
            return list(engine.records(sqlalchemy.select(table).order_by(table.c[CASE])))

    assert drawn(1) == drawn(1) != drawn(2)


def test_a_form_that_accepts_nothing_is_said_and_not_drawn_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(synthetic, "TRIED", 2_000)
    schema = {**small().schema, "not": {"required": ["aman"]}}
    with closing(Duck()) as engine, pytest.raises(BadDocument) as caught:
        synthetic.draw(form_reading.read(schema), 5, engine)
    assert [p.key for p in caught.value.problems] == ["replay.nothing_drawn"]


def test_a_parquet_file_holds_what_was_written(tmp_path: Path) -> None:
    types = {name: of for name, of in form("asesmen-awal").facts.items() if name in form_facts()}
    some = list(samples.draw(shipped(), 80))
    file = tmp_path / "facts's.parquet"
    cases.write(file, form("asesmen-awal"), types, [(week(n), c) for n, c in enumerate(some)])
    with cases.opened(str(file), form("asesmen-awal"), types) as (engine, table):
        records = engine.records(sqlalchemy.select(table).order_by(table.c[CASE]))
        assert [Layout(types).facts(record) for record in records] == some


def test_a_file_or_a_table_that_does_not_fit_is_said_with_the_way_out(
    tmp_path: Path, postgresql_facts: str
) -> None:
    here, types = form("asesmen-awal"), facts_read(shipped())
    part = dict(list(types.items())[:3])
    cases.write(tmp_path / "other.parquet", small(), part, [])
    cases.write(tmp_path / "part.parquet", here, part, [])
    wrong = {**types, next(iter(types)): RICH["age"]}
    cases.write(tmp_path / "types.parquet", here, wrong, [])
    (tmp_path / "text.parquet").write_text("not parquet")
    for source, key in (
        (str(tmp_path / "other.parquet"), "replay.other_form"),
        (str(tmp_path / "part.parquet"), "replay.missing_columns"),
        (str(tmp_path / "types.parquet"), "replay.wrong_type"),
        (str(tmp_path / "text.parquet"), "replay.not_parquet"),
        (str(tmp_path / "none.parquet"), "replay.not_parquet"),
        (f"{postgresql_facts}#elsewhere", "replay.no_table"),
        (postgresql_facts, "replay.missing_columns"),
        ("nothing://x", "replay.bad_url"),
        ("synthetic:0", "replay.bad_count"),
        ("synthetic:many", "replay.bad_count"),
        ("synthetic:99999999999", "replay.bad_count"),
    ):
        with pytest.raises(BadDocument) as caught, cases.opened(source, here, types):
            pass
        assert [p.key for p in caught.value.problems] == [key]
        assert all(caught.value.problems[0].sentence(lang) for lang in ("id", "en"))


def test_a_database_that_does_not_answer_is_said_without_its_password() -> None:
    url = "postgresql+psycopg://somebody:verysecret@127.0.0.1:1/none"
    with pytest.raises(Unavailable) as caught, cases.opened(url, small(), {}):
        pass
    assert "verysecret" not in str(caught.value.problems)


def test_progress_ends_at_the_whole_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("satupintu.rules.readings.replay.impact.SLICE", 25)
    told: list[tuple[int, int]] = []
    some = list(samples.draw(shipped(), 60))
    types = facts_read(shipped())
    with cases.held(types, [(MONDAY, only(case, types)) for case in some]) as (engine, table):
        found = impact(shipped(), shipped(), engine, table, lambda *done: told.append(done))
        nothing = found
    assert told == [(25, 60), (50, 60), (60, 60)]
    assert (nothing.cases, nothing.changed, nothing.changes, nothing.kinds) == (60, 0, (), 0)


def test_no_case_at_all_has_no_impact() -> None:
    with cases.held(facts_read(shipped()), []) as (engine, table):
        found = impact(shipped(), shipped(), engine, table)
    assert (found.cases, found.changed, found.weeks) == (0, 0, ())


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_coming_agency_is_said_once_and_not_again_by_its_services(language: str) -> None:
    asked = Outcome("NORTH", "care", 6, "segera", "perlu")
    old = rule_set((rule(0, TRUE),), {})
    new = rule_set((rule(0, TRUE, refer=(asked,)),), {})
    with cases.held({}, [(MONDAY, {}), (MONDAY, {})]) as (engine, table):
        found = impact(old, new, engine, table)
    told = list(lines(found, {"NORTH": "Utara"}, language))
    assert sum("Utara" in line for line in told) == 2
    assert any("6" in line for line in told)
