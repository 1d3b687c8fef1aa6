"""Who may do what: one table, action by role, that every action is checked against.

The table says which role may try; ``cases.access`` says on which case, referral and answer.
Administrators, policy owners and auditors have no row that reads an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from satupintu.people.roles import ACCOUNT_ROLES, Role
from satupintu.rules import lifecycle

_public: tuple[Role, ...] = ("public",)
_desk: tuple[Role, ...] = ("staff", "service_head")
_head: tuple[Role, ...] = ("service_head",)
_agency: tuple[Role, ...] = ("agency_officer", "agency_head")
_cases: tuple[Role, ...] = (*_desk, *_agency)
_admin: tuple[Role, ...] = ("administrator",)
_owner: tuple[Role, ...] = ("policy_owner",)
_audit: tuple[Role, ...] = ("auditor",)
_worker: tuple[Role, ...] = ("worker",)
_everyone_in: tuple[Role, ...] = ACCOUNT_ROLES

# fmt: off
_TABLE: dict[str, tuple[Role, ...]] = {
    # A report without an account
    "public.report":        _public,
    "public.follow":        _public,
    "public.read":          _public,
    "public.redraw":        _public,
    "public.save":          _public,
    "public.move":          _public,
    "public.discard":       _public,
    "public.keep":          _public,
    "public.later":         _public,
    "public.resume":        _public,
    "public.leave":         _public,
    "public.preview_version": _public,
    "public.carry_over":    _public,
    "public.blank_form":    _public,
    # Answers on their way
    "draft.read":           _cases,
    "draft.redraw":         _cases,
    "draft.save":           _cases,
    "draft.discard":        _cases,
    "draft.list":           _cases,
    "draft.keep":           _cases,
    "draft.preview_version": _cases,
    "draft.carry_over":     _cases,
    "file.open":            _cases,
    # From a story to a decision
    "report.take":          _desk,
    "assessment.start":     _desk,
    "assessment.submit":    _desk,
    "decision.read":        _desk,
    "decision.apply":       _desk,
    "decision.again":       _desk,
    "decision.reproduce":   _desk,
    "triage.list":          _desk,
    "triage.count":         _desk,
    "triage.route":         _desk,
    # Cases
    "case.list":            _desk,
    "case.read":            _desk,
    "case.reveal":          _desk,
    "case.today":           _desk,
    "case.print":           _desk,
    "case.search":          _desk,
    "case.note":            _desk,
    "case.correct":         _desk,
    "case.share":           _desk,
    "case.reassign":        _head,
    "case.close":           _desk,
    "notice.settle":        _desk,
    # Referrals, by those who manage the case
    "referral.add":         _desk,
    "referral.end":         _desk,
    "referral.release":     _desk,
    "referral.told":        _desk,
    # Referrals, at the agency they went to; the lead agency receives its own
    "inbox.list":           _cases,
    "inbox.count":          _cases,
    "referral.read":        _cases,
    "referral.print":       _cases,
    "referral.accept":      _cases,
    "referral.decline":     _cases,
    "referral.begin_follow_up": _cases,
    "referral.find_follow_up": _cases,
    "referral.follow_up":   _cases,
    "referral.done":        _cases,
    # Forms on paper, with nobody's answers
    "form.list_blank":      _cases,
    "form.blank":           _cases,
    # Documents
    "documents.list":       _admin + _owner + _audit + _worker,
    "documents.read":       _admin + _owner + _audit + _worker,
    "documents.import":     _admin + _worker,
    "documents.export":     _admin + _owner + _worker,
    # Document versions, from draft to in force
    "documents.versions":   _admin + _owner + _audit + _worker,
    "documents.version":    _admin + _owner + _audit + _worker,
    "documents.difference": _admin + _owner + _audit,
    "documents.find_version": _admin + _owner + _audit + _worker,
    "documents.drafts":     _admin + _owner,
    "documents.draft":      _admin + _owner,
    "documents.begin":      _admin + _owner,
    "documents.save":       _admin + _owner,
    "documents.look_over":  _admin + _owner,
    "documents.discard":    _admin + _owner,
    "documents.keep":       _admin + _owner,
    "documents.keep_file":  _admin + _owner,
    "documents.try":        _admin + _owner,
    "documents.keep_report": _admin + _owner,
    "documents.against":    _admin + _owner,
    "documents.impact":     _admin + _owner,
    "documents.stored_answers": _admin + _owner,
    "documents.stored_answers_of_draft": _admin + _owner,
    "documents.replay":     _admin + _owner,
    "documents.look":       _admin + _owner,
    "documents.counterexample": _admin + _owner + _audit,
    "documents.keep_example": _admin + _owner,
    "documents.accept":     _owner,
    "documents.submit":     lifecycle.TABLE["submit"].by,
    "documents.return":     lifecycle.TABLE["return"].by,
    "documents.approve":    lifecycle.TABLE["approve"].by,
    "documents.publish":    lifecycle.TABLE["publish"].by,
    "documents.withdraw":   lifecycle.TABLE["withdraw"].by,
    # Accounts and sessions
    "account.list":         _admin + _worker,
    "account.create":       _admin + _worker,
    "account.disable":      _admin + _worker,
    "account.reset":        _admin + _worker,
    "account.second_factors": _admin + _worker,
    "session.login":        _public,
    "session.second_step":  _public,
    "session.logout":       _everyone_in,
    "session.lock":         _everyone_in,
    "session.unlock":       _everyone_in,
    "second_factor.read":   _everyone_in,
    "second_factor.begin":  _everyone_in,
    "second_factor.switch_on": _everyone_in,
    "second_factor.renew_codes": _everyone_in,
    "second_factor.switch_off": _everyone_in,
    "password.change":      _everyone_in,
    "password.set_by_link": _public,
    # Facts that leave the store, without whose they are
    "facts.export":         _head,
    # The audit trail, and the product's own work
    "audit.read":           _audit,
    "audit.verify":         _audit + _worker,
    "worker.claim":         _worker,
    "worker.deliver":       _worker,
    "worker.seal":          _worker,
    "worker.remind":        _worker,
    "worker.forget":        _worker,
}
# fmt: on

MAY: Mapping[str, frozenset[Role]] = MappingProxyType(
    {action: frozenset(roles) for action, roles in _TABLE.items()}
)
"""Every action there is, with the roles that may try it."""

READS_ANSWERS: frozenset[str] = frozenset(
    {
        "public.read",
        "public.redraw",
        "public.preview_version",
        "draft.read",
        "draft.redraw",
        "draft.preview_version",
        "file.open",
        "assessment.start",
        "case.read",
        "case.reveal",
        "case.today",
        "case.print",
        "case.search",
        "case.correct",
        "facts.export",
        "inbox.list",
        "referral.read",
        "referral.print",
        "referral.follow_up",
    }
)
"""The actions whose result holds answers: no administrator, policy owner or auditor may try one."""


def may(role: Role, action: str) -> bool:
    """Tell whether ``role`` may try ``action``. KeyError for an action not in the table."""
    return role in MAY[action]


def actions_of(role: Role) -> tuple[str, ...]:
    """Return what a role may try, in the order of the table."""
    return tuple(action for action, roles in MAY.items() if role in roles)
