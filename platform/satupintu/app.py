"""Puts the parts together: what runs, from settings to pages."""

from __future__ import annotations

from flask import Flask

from satupintu.actions.platform import Platform
from satupintu.web import (
    agency,
    files,
    follow_ups,
    health,
    home,
    intake,
    later,
    paper,
    people,
    public,
    report,
    security,
    staff,
    static_files,
)
from satupintu.web.assembly import build
from satupintu.web.section import Section

SECTIONS: tuple[Section, ...] = (
    health.section,
    static_files.section,
    public.section,
    people.section,
    security.section,
    home.section,
    staff.section,
    intake.section,
    agency.section,
    follow_ups.section,
    files.section,
    paper.section,
    report.section,
    later.section,
)
"""Every part of the pages for reporters, staff and agencies, in the order of the header's entries.
"""


def create_app(platform: Platform) -> Flask:
    """Return the application for reporters, staff and agencies."""
    return build(platform, SECTIONS, package="satupintu.web")
