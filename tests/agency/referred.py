"""Cases that were sent, and the people of the agencies that they were referred to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from forms.completed_answers import complete
from satupintu import clock
from satupintu.actions import drafts, received
from satupintu.actions.platform import Platform
from satupintu.actions.received import Reading, Received
from satupintu.actions.submit import submit
from satupintu.cases.consent import yes
from satupintu.cases.referral import Referral
from satupintu.forms.document import Form
from satupintu.people.actor import Actor
from satupintu.store import drafts as stored
from satupintu.store import outbox, people, referrals

KECIL = Path(__file__).parents[1] / "packs" / "kecil"
PLAIN = Reading("id")


def person(platform: Platform, role: str, agency: str | None = None) -> Actor:
    """Return somebody with a role, at an agency where one is named."""
    with platform.store.reading() as tx:
        return next(
            account.actor()
            for account in people.listed(tx)
            if account.role == role and agency in (None, account.agency)
        )


def assessment(platform: Platform) -> Form:
    """Return the form in force that stories are written on."""
    return platform.content.in_force(clock.now()).form_for("assessment")


def facts_of(platform: Platform, example: str) -> Mapping[str, Any]:
    """Return the facts of one example of the rule set in force."""
    examples = platform.content.rule_set(clock.now()).examples
    return next(one.facts for one in examples if one.id == example)


def story(platform: Platform, example: str, *, share: bool = True) -> dict[str, Any]:
    """Return the answers of an example, with every sharing group ticked or none."""
    form = assessment(platform)
    facts = dict(facts_of(platform, example))
    for question in form.with_role("consent_service"):
        facts[question.name] = yes(question)
    for question in form.with_role("consent_sharing"):
        facts[question.name] = [option.const for option in question.options if share]
    return dict(complete(form, facts))


def sent(platform: Platform, example: str, *, share: bool = True) -> str:
    """Send the story of an example as a member of staff; return its case."""
    return sent_answers(platform, story(platform, example, share=share))


def sent_now(platform: Platform, example: str) -> str:
    """Send the story of an example that was told this moment, so that no deadline passed yet."""
    answers = story(platform, example)
    for question in assessment(platform).with_role("told_at"):
        answers[question.name] = clock.now().isoformat(timespec="seconds")
    return sent_answers(platform, answers)


def sent_answers(platform: Platform, answers: Mapping[str, Any]) -> str:
    """Send answers as a member of staff; return their case."""
    staff = person(platform, "staff")
    draft = drafts.start(platform, staff, "id")
    with platform.store.writing() as tx:
        stored.save(tx, replace(draft, body={**draft.body, "answers": dict(answers)}))
    return submit(platform, staff, draft.id).case_id


def referral(platform: Platform, case_id: str, agency: str, state: str | None = None) -> Referral:
    """Return a case's referral to an agency."""
    with platform.store.reading() as tx:
        return next(
            r
            for r in referrals.of_case(tx, case_id)
            if r.agency == agency and state in (None, r.state)
        )


def all_referrals(platform: Platform, case_id: str) -> tuple[Referral, ...]:
    """Return a case's referrals."""
    with platform.store.reading() as tx:
        return referrals.of_case(tx, case_id)


def seen(platform: Platform, who: Actor, referral_id: str, **reading: Any) -> Received:
    """Return a referral as somebody sees it."""
    return received.read(platform, who, referral_id, replace(PLAIN, **reading))


def messages(platform: Platform, case_id: str) -> list[tuple[str, str]]:
    """Return kind and recipient of every message of a case, in order."""
    with platform.store.reading() as tx:
        return [(m.kind, m.recipient) for m in outbox.of_case(tx, case_id)]
