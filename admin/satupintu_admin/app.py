"""The administrators' process: the same frame, pages of its own, never loaded by the public one."""

from __future__ import annotations

from flask import Flask

from satupintu.actions.platform import Platform
from satupintu.web import health, people, security, static_files
from satupintu.web.assembly import build
from satupintu.web.section import Section
from satupintu_admin import (
    accounts,
    catalogue,
    counterexamples,
    documents,
    drafting,
    start,
    trail,
    versions,
)

SECTIONS: tuple[Section, ...] = (
    health.section,
    static_files.section,
    start.section,
    people.section,
    security.section,
    documents.section,
    versions.section,
    counterexamples.section,
    drafting.section,
    catalogue.section,
    accounts.section,
    trail.section,
)
"""Every part of the administrators' pages, in the order of the header's entries."""


def create_app(platform: Platform) -> Flask:
    """Return the application for administrators, policy owners and auditors."""
    return build(platform, SECTIONS, package="satupintu_admin")
