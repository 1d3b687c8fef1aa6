"""Who may see which case, which referral, and which answers.

``people.permissions`` says which role may try; this says on which thing. Nothing here knows a
database: whoever calls brings the case, whom it is shared with and the directory.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from satupintu.agencies.directory import Agency
from satupintu.cases.case import Case
from satupintu.cases.referral import Referral, ReferralState
from satupintu.documents import Json
from satupintu.forms.document import SENSITIVITIES, Form, Question, Sensitivity
from satupintu.people.actor import Actor
from satupintu.people.roles import CASE_ROLES, HEAD_ROLES


def in_queue(case: Case) -> bool:
    """Tell whether a case waits for anybody of the staff: nobody's report yet, or one in triage."""
    return case.state == "triage" or (case.state == "undecided" and case.manager is None)


def may_see_case(who: Actor, case: Case, lead_agency: str, shared_with: Collection[str]) -> bool:
    """Tell whether somebody may open a case; agencies never do, they see referrals."""
    if who.agency != lead_agency:
        return False
    match who.role:
        case "service_head":
            return True
        case "staff":
            mine = who.account_id is not None and (
                who.account_id == case.manager or who.account_id in shared_with
            )
            return not case.head_only and (mine or in_queue(case))
        case _:
            return False


def may_see_referral(who: Actor, referral: Referral) -> bool:
    """Tell whether a referral is in somebody's inbox: sent to their agency and not held or ended.

    Where a flag restricts the case, only the agency's head.
    """
    return (
        who.role in CASE_ROLES
        and who.agency == referral.agency
        and referral.state not in ("held", "ended")
        and (not referral.head_only or who.role in HEAD_ROLES)
    )


def visible(form: Form, agency: Agency, state: ReferralState) -> frozenset[str]:
    """Return the questions whose answers an agency may read, by its referral's state.

    Before it accepts: those with the role ``preview``. While it works: all. Once done: the
    preview again, as the reason for reading more is over. Always only the sensitivities that
    the agency may see; a held, declined or ended referral shows nothing. The groups around a
    visible question are named too, as whoever draws it walks through them.
    """
    match state:
        case "sent" | "done":
            wanted = {
                n for n in form.questions if any("preview" in q.roles for q in _line(form, n))
            }
        case "accepted" | "in_progress":
            wanted = set(form.questions)
        case "held" | "declined" | "ended":
            wanted = set()
    seen = [name for name in wanted if sensitivity(form, name) in agency.may_see]
    return frozenset(one for name in seen for one in _places(form, name))


def sensitivity(form: Form, name: str) -> Sensitivity:
    """Return how secret an answer is: its question's sensitivity or, if stricter, its group's."""
    return max((q.sensitivity for q in _line(form, name)), key=SENSITIVITIES.index)


def secret(form: Form) -> frozenset[str]:
    """Return the names of the most secret questions: masked on every page until one is revealed."""
    return frozenset(n for n in form.questions if sensitivity(form, n) == SENSITIVITIES[-1])


def cut(form: Form, answers: Mapping[str, Json], names: Collection[str]) -> dict[str, Json]:
    """Return only the answers to the questions in ``names``, inside groups and rows too.

    A group is kept for the children that are; a group without any is left out.
    """
    kept: Any = _cut(answers, "", form, frozenset(names))
    return dict(kept)


def _cut(here: Json, prefix: str, form: Form, names: frozenset[str]) -> Json:
    if isinstance(here, list):
        rows = [_cut(row, prefix, form, names) for row in here]
        return [row for row in rows if row]
    kept = {}
    for key, value in here.items():
        name = prefix + key
        question = form.questions.get(name)
        if question is None:
            continue
        if question.children:
            inner = _cut(value, f"{name}.", form, names)
            if inner:
                kept[key] = inner
        elif name in names:
            kept[key] = value
    return kept


def _line(form: Form, name: str) -> list[Question]:
    """Return the question and every group around it."""
    return [form.questions[one] for one in _places(form, name)]


def _places(form: Form, name: str) -> list[str]:
    """Return the names of the question and of every group around it, the outermost first."""
    parts = name.split(".")
    around = (".".join(parts[: n + 1]) for n in range(len(parts)))
    return [one for one in around if one in form.questions]
