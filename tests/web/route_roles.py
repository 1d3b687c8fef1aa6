"""Who may try each route: one line for each, written by hand and compared with what really happens.

A route without a line fails the tests, so nobody opens one by oversight. Which case, referral or
draft a person may touch is another matter: the tests of the actions hold that.
"""

from __future__ import annotations

from collections.abc import Mapping

from satupintu.people.roles import ACCOUNT_ROLES, Role

Roles = frozenset[Role]

PUBLIC: Roles = frozenset({"public"})
DESK: Roles = frozenset({"staff", "service_head"})
HEAD: Roles = frozenset({"service_head"})
AGENCY: Roles = frozenset({"agency_officer", "agency_head"})
CASES: Roles = DESK | AGENCY
INSIDE: Roles = frozenset(ACCOUNT_ROLES)
EVERYBODY: Roles = INSIDE | PUBLIC
ADMINISTRATOR: Roles = frozenset({"administrator"})
OWNER: Roles = frozenset({"policy_owner"})
WRITERS: Roles = ADMINISTRATOR | OWNER
AUDITOR: Roles = frozenset({"auditor"})
READERS: Roles = frozenset({"administrator", "policy_owner", "auditor"})

_BOTH: dict[str, Roles] = {
    "health.well": EVERYBODY,
    "static_files.send": EVERYBODY,
    "people.login": EVERYBODY,
    "people.log_in": EVERYBODY,
    # Whoever holds a right password is not known yet; without one there is nothing to enter.
    "people.code": EVERYBODY,
    "people.enter_code": EVERYBODY,
    "people.log_out": INSIDE,
    "people.lock": INSIDE,
    "people.locked": INSIDE,
    "people.unlock": INSIDE,
    "people.own": INSIDE,
    "people.password": INSIDE,
    "people.change_password": INSIDE,
    "security.show": INSIDE,
    "security.begin": INSIDE,
    "security.switch_on": INSIDE,
    "security.renewing": INSIDE,
    "security.renew_codes": INSIDE,
    "security.switching_off": INSIDE,
    "security.switch_off": INSIDE,
    # Whoever holds the link is who it is for, logged in or not.
    "people.set_password": EVERYBODY,
    "people.set_password_by_link": EVERYBODY,
}

PAGES: Mapping[str, Roles] = {
    **_BOTH,
    "public.landing": EVERYBODY,
    "public.visit": EVERYBODY,
    "public.privacy": EVERYBODY,
    "public.accessibility": EVERYBODY,
    "public.traces": EVERYBODY,
    "public.leave": EVERYBODY,
    "public.neutral": EVERYBODY,
    "public.elsewhere": EVERYBODY,
    "report.start": EVERYBODY,
    "report.tell": EVERYBODY,
    "report.sent": EVERYBODY,
    "report.follow": EVERYBODY,
    "report.followed": EVERYBODY,
    "later.code": EVERYBODY,
    "later.another_code": EVERYBODY,
    "later.resume": EVERYBODY,
    "later.resumed": EVERYBODY,
    "later.keep": EVERYBODY,
    "later.discarding": EVERYBODY,
    "later.discard": EVERYBODY,
    "later.newer": EVERYBODY,
    "later.carry_over": EVERYBODY,
    "home.start": INSIDE,
    "staff.queue": DESK,
    "staff.cases": DESK,
    "staff.search_cases": DESK,
    "staff.case": DESK,
    "staff.answers": DESK,
    "staff.today": DESK,
    "staff.note": DESK,
    "staff.take": DESK,
    "staff.share": DESK,
    "staff.reassign": HEAD,
    "staff.settle": DESK,
    "staff.close": DESK,
    "staff.correct": DESK,
    "staff.decision": DESK,
    "staff.apply": DESK,
    "staff.again": DESK,
    "staff.triage": DESK,
    "staff.add_referral": DESK,
    "staff.on_referral": DESK,
    "staff.told": DESK,
    "intake.new": CASES,
    "intake.start": DESK,
    "intake.resume": CASES,
    "intake.page": CASES,
    "intake.save": CASES,
    "intake.keep": CASES,
    "intake.newer": CASES,
    "intake.carry_over": CASES,
    "intake.check": CASES,
    "intake.send": DESK,
    "intake.discarding": CASES,
    "intake.discard": CASES,
    "agency.waiting": CASES,
    "agency.working": CASES,
    "agency.finished": CASES,
    "agency.referral": CASES,
    "agency.accept": CASES,
    "agency.declining": CASES,
    "agency.decline": CASES,
    "agency.finishing": CASES,
    "agency.finish": CASES,
    "follow_ups.start": CASES,
    "follow_ups.page": CASES,
    "follow_ups.save": CASES,
    "follow_ups.keep": CASES,
    "follow_ups.newer": CASES,
    "follow_ups.carry_over": CASES,
    "follow_ups.check": CASES,
    "follow_ups.send": CASES,
    "files.open_file": CASES,
    "paper.of_case": DESK,
    "paper.of_referral": CASES,
    "paper.blank_forms": CASES,
    "paper.blank_form": CASES,
    "paper.blank_report": EVERYBODY,
}
"""The pages for reporters, staff and agencies."""

ADMIN: Mapping[str, Roles] = {
    **_BOTH,
    "start.first": EVERYBODY,
    "documents.listed": READERS,
    "catalogue.listed": READERS,
    "catalogue.one": READERS,
    "documents.one": READERS,
    "documents.file": READERS,
    "versions.listed": READERS,
    "versions.one": READERS,
    "versions.file": READERS,
    "versions.try_gates": WRITERS,
    "versions.impact": WRITERS,
    "versions.looked": WRITERS,
    "versions.accept": OWNER,
    "counterexamples.one": READERS,
    "counterexamples.keep": WRITERS,
    "versions.submit": WRITERS,
    "versions.give_back": OWNER,
    "versions.approve": OWNER,
    "versions.publish": OWNER,
    "versions.withdraw": OWNER,
    "stored_answers.of_version": WRITERS,
    "stored_answers.of_draft": WRITERS,
    "drafting.listed": WRITERS,
    "drafting.new": WRITERS,
    "drafting.begin": WRITERS,
    "drafting.begin_from": WRITERS,
    "drafting.one": WRITERS,
    "drafting.save": WRITERS,
    "drafting.discard": WRITERS,
    "drafting.look_over": WRITERS,
    "bringing.new": WRITERS,
    "bringing.bring": WRITERS,
    "accounts.listed": ADMINISTRATOR,
    "accounts.new": ADMINISTRATOR,
    "accounts.create": ADMINISTRATOR,
    "accounts.one": ADMINISTRATOR,
    "accounts.reset": ADMINISTRATOR,
    "accounts.disable": ADMINISTRATOR,
    "trail.read": AUDITOR,
    "trail.verify": AUDITOR,
}
"""The administrators' pages."""
