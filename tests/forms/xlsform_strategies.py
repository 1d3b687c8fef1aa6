"""Workbooks that are right, drawn by Hypothesis: what they ask hangs on what they ask before."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from forms.xlsform_samples import Rows, Sheets

OPTIONS = ("x", "y", "z")
HEAD = ("type", "name", "label", "relevant", "required", "constraint", "calculation")


@dataclass(frozen=True)
class Known:
    """A question that expressions may read."""

    name: str
    type: str


def workbooks() -> st.SearchStrategy[Sheets]:
    """Draw a workbook with questions of a few types, groups and one repeat."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Sheets:
        rows: Rows = [HEAD]
        known: list[Known] = []
        depth: list[str] = []
        for number in range(draw(st.integers(1, 9))):
            if len(depth) < 3 and draw(st.integers(0, 4)) == 0:
                depth.append("group")
                label = draw(st.sampled_from([None, f"Group {number}"]))
                rows.append(("begin_group", f"g{number}", label, draw(_relevant(known))))
            rows.append(draw(_question(number, known)))
            known.append(Known(f"q{number}", str(rows[-1][0])))
            while depth and draw(st.booleans()):
                rows.append((f"end_{depth.pop()}",))
        rows += [(f"end_{of}",) for of in reversed(depth)]
        choices: Rows = [("list_name", "name", "label")]
        choices += [("l", o, o.upper()) for o in OPTIONS]
        return {"survey": rows, "choices": choices}

    return drawn()


@st.composite
def _question(draw: st.DrawFn, number: int, known: list[Known]) -> tuple[str | None, ...]:
    of = draw(
        st.sampled_from(
            ["select_one l", "select_multiple l", "integer", "text", "acknowledge", "date"]
        )
    )
    required = draw(st.sampled_from([None, None, "yes"]))
    if known and draw(st.integers(0, 3)) == 0:
        required = draw(_relevant(known))
    constraint = draw(st.sampled_from([None, ". >= 0 and . <= 50"])) if of == "integer" else None
    if of == "select_multiple l":
        constraint = draw(st.sampled_from([None, "count-selected(.) <= 2"]))
    return of, f"q{number}", f"Q {number}", draw(_relevant(known)), required, constraint


def _relevant(known: list[Known]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), expressions(known)) if known else st.none()


def expressions(known: list[Known]) -> st.SearchStrategy[str]:
    """Draw an expression over some questions."""

    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join),
            inner.map("({})".format),
            inner.map("not({})".format),
        )

    atoms = st.sampled_from(known).flatmap(_atom)
    return st.recursive(atoms, joined, max_leaves=4)


def _atom(of: Known) -> st.SearchStrategy[str]:
    name = f"${{{of.name}}}"
    there = st.sampled_from([f"{name} = ''", f"{name} != ''", f"string-length({name}) > 0"])
    match of.type.split()[0]:
        case "select_one":
            mine = st.tuples(st.sampled_from(["=", "!="]), st.sampled_from(OPTIONS)).map(
                lambda p: f"{name} {p[0]} '{p[1]}'"
            )
        case "select_multiple":
            mine = st.sampled_from(OPTIONS).map(lambda o: f"selected({name}, '{o}')")
            mine |= st.integers(0, 3).map(lambda n: f"count-selected({name}) >= {n}")
            mine |= st.integers(0, 3).map(lambda n: f"count-selected({name}) < {n}")
        case "integer":
            mine = st.tuples(
                st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.integers(-1, 60)
            ).map(lambda p: f"{name} {p[0]} {p[1]}")
            mine |= st.integers(0, 50).map(lambda n: f"{n} < {name}")
        case "acknowledge":
            mine = st.sampled_from([f"{name} = 'OK'", f"{name} != 'OK'"])
        case _:
            mine = there
    return mine | there
