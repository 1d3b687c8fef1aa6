"""Synthetic things to keep, for the tests of this room."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from satupintu.cases.case import Case, DecisionRecord, Submission
from satupintu.cases.referral import AskedService, Referral
from satupintu.people.account import Account
from satupintu.rules.decision import AgencyDecision, Decision, ServiceDecision
from satupintu.store import cases, documents, people
from satupintu.store.documents import Spelling, Version
from satupintu.store.open import Transaction

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FORM = "f" * 64
RULES = "a" * 64
AGENCIES = "b" * 64


def new_id() -> str:
    return str(uuid.uuid4())


def versions(tx: Transaction) -> None:
    """Keep the document versions that everything else points at."""
    for version, kind in ((FORM, "form"), (RULES, "rule_set"), (AGENCIES, "agencies")):
        kept = Version(version, kind, "contoh", NOON, None)  # type: ignore[arg-type]
        documents.keep(tx, kept, Spelling(f"{kind}.json", b"{}"))


def account(tx: Transaction, login: str = "petugas", **changes: Any) -> Account:
    made = Account(
        **{
            "id": new_id(),
            "login": login,
            "role": "staff",
            "agency": "PINTU",
            "title": "Petugas contoh",
            "password_hash": None,
            "created_at": NOON,
            **changes,
        }
    )
    people.add(tx, made)
    return made


def case(tx: Transaction, number: str = "X-2026-1", **changes: Any) -> Case:
    made = Case(
        **{"id": new_id(), "number": number, "state": "decided", "created_at": NOON, **changes}
    )
    cases.add(tx, made)
    return made


def submission(case_id: str, **changes: Any) -> Submission:
    return Submission(
        **{
            "id": new_id(),
            "case_id": case_id,
            "purpose": "assessment",
            "form_hash": FORM,
            "rule_set_hash": RULES,
            "answers": {"nama": "Korban Contoh", "usia": 12},
            "facts": {"usia": 12},
            "submitted_at": NOON,
            "submitted_by": None,
            "language": "id",
            **changes,
        }
    )


def decision() -> Decision:
    service = ServiceDecision("periksa", 2, "darurat", "perlu", ("R1",))
    agency = AgencyDecision("KLINIK", 2, "darurat", "perlu", (service,), ("R1",))
    return Decision({"risiko": "tinggi"}, (agency,), (), (), ("bendera",), ("R1",))


def record(case_id: str, submission_id: str, **changes: Any) -> DecisionRecord:
    return DecisionRecord(
        **{
            "id": new_id(),
            "case_id": case_id,
            "submission_id": submission_id,
            "rule_set_hash": RULES,
            "agencies_hash": AGENCIES,
            "state": "applied",
            "decision": decision(),
            "engine": "durable_rules",
            "agrees": True,
            "trouble": None,
            "decided_at": NOON,
            "decided_by": None,
            **changes,
        }
    )


def referral(case_id: str, agency: str = "KLINIK", **changes: Any) -> Referral:
    return Referral(
        **{
            "id": new_id(),
            "case_id": case_id,
            "agency": agency,
            "state": "sent",
            "urgency": "darurat",
            "consent": "perlu",
            "services": (AskedService("periksa", 2, "darurat", "perlu", ("R1", "R2")),),
            "due_at": NOON + timedelta(hours=2),
            "created_at": NOON,
            **changes,
        }
    )
