"""A replay told in words: agencies before and after, what changes in which cases, the weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from satupintu.rules.readings.replay.impact import Change, Impact, Move, OfAgency
from satupintu.words import say


def lines(impact: Impact, names: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield what a person reads; ``names`` gives agencies, services (``AGENCY:service``) and
    flags their names."""
    share = {"cases": impact.cases, "changed": impact.changed}
    yield say("replay.summary", language, **share)
    for code, one in impact.agencies.items():
        if one.before or one.after:
            yield "  " + _agency(names.get(code, code), one, language)
    if impact.changes:
        yield say("replay.changes", language, count=impact.kinds)
    for change in impact.changes:
        yield "  " + say("replay.change", language, cases=change.cases)
        yield from (f"    {line}" for line in sentences(change, names, language))
    if impact.kinds > len(impact.changes):
        yield "  " + say("replay.more", language, count=impact.kinds - len(impact.changes))
    changing = [week for week in impact.weeks if week.changed]
    if changing:
        yield say("replay.weeks", language)
    for week in changing:
        load = ", ".join(
            f"{code} {before} → {after}"
            for code, (before, after) in week.agencies.items()
            if before != after
        )
        told = {"week": week.monday.isoformat(), "cases": week.cases, "changed": week.changed}
        yield "  " + say("replay.week", language, **told) + (f" {load}" if load else "")


def sentences(change: Change, names: Mapping[str, str], language: str) -> list[str]:
    """Return what changes in these cases, each thing once."""
    coming = {m.of for m in change.moves if m.what == "hours" and None in (m.before, m.after)}
    return [
        _move(move, names, language)
        for move in change.moves
        if move.what not in ("hours", "urgency", "consent")
        or not (_within_a_coming(move, coming) or _said_of_the_agency(move, change.moves))
    ]


def _within_a_coming(move: Move, coming: set[tuple[str, ...]]) -> bool:
    """Tell whether its agency or service comes or goes, which says all that follows from it."""
    if move.of[:1] in coming:
        return move.what != "hours" or len(move.of) > 1
    return move.of in coming and move.what != "hours"


def _said_of_the_agency(move: Move, moves: tuple[Move, ...]) -> bool:
    """Tell whether a service's move is also its agency's."""
    whole = (move.what, move.of[:1], move.before, move.after)
    return len(move.of) > 1 and whole in ((m.what, m.of, m.before, m.after) for m in moves)


def _move(move: Move, names: Mapping[str, str], language: str) -> str:
    agency, *service = move.of
    of = ": ".join((names.get(agency, agency), *(names.get(f"{agency}:{s}", s) for s in service)))
    kind = "added" if move.before in (None, False) else "moved"
    kind = "gone" if move.after in (None, False) else kind
    before, after = (_word(move.what, value, language) for value in (move.before, move.after))
    return say(f"replay.{move.what}_{kind}", language, of=of, before=before, after=after)


def _word(what: str, value: int | bool | str | None, language: str) -> int | bool | str | None:
    return say(f"replay.{what}.{value}", language) if isinstance(value, str) else value


def _agency(name: str, one: OfAgency, language: str) -> str:
    line = f"{name}: {one.before} → {one.after}"
    counts = {"gained": one.gained, "lost": one.lost, "sooner": one.sooner, "later": one.later}
    told = [say(f"replay.{what}", language, count=n) for what, n in counts.items() if n]
    return f"{line} ({', '.join(told)})" if told else line
