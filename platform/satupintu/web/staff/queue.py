"""The queue: what is late, new reports, cases that wait for a person, drafts not finished."""

from __future__ import annotations

from flask import render_template, request

from satupintu.actions import drafts
from satupintu.actions import queue as listing
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff import desk as shared
from satupintu.web.staff.desk import desk

PARTS = ("late", "reports", "triage", "drafts")


@desk.get("/antrean")
@guarded_by("triage.list", "draft.list")
def queue() -> str:
    """Show one part of the queue, what is late unless another is asked for."""
    part = request.args.get("bagian", PARTS[0])
    waiting = listing.queue(frame.platform(), frame.who())
    counts = shared.counts()  # the header has looked, or will: once for each request
    unfinished = drafts.listed(frame.platform(), frame.who())
    return render_template(
        "staff/queue.html",
        part=part if part in PARTS else PARTS[0],
        counts={
            "late": counts.late,
            "reports": counts.reports,
            "triage": counts.triage,
            "drafts": len(unfinished),
        },
        waiting=waiting,
        drafts=unfinished,
    )
