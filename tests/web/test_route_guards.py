from __future__ import annotations

import pytest
from flask import Blueprint, Flask

from satupintu.actions.platform import Platform
from satupintu.people.permissions import MAY
from satupintu.web.assembly import build
from satupintu.web.guard import declared, guarded_by, open_to_all
from satupintu.web.section import Section


def test_a_view_that_declares_nothing_keeps_the_product_from_starting(installed: Platform) -> None:
    part = Blueprint("part", __name__)

    @part.get("/terbuka")
    def forgotten() -> str:
        return ""

    with pytest.raises(LookupError, match=r"part\.forgotten"):
        build(installed, [Section(part)], package="satupintu.web")


def test_a_view_can_only_name_actions_that_exist() -> None:
    with pytest.raises(LookupError, match=r"case\.raed"):
        guarded_by("case.raed")


def test_every_route_says_which_actions_stand_behind_it(app: Flask) -> None:
    guards = declared(app)
    assert set(guards) == set(app.view_functions)
    assert {action for actions in guards.values() for action in actions} <= set(MAY)


def test_an_open_view_declares_no_action() -> None:
    @open_to_all
    def view() -> str:
        return ""

    assert view.guarded_by == ()  # type: ignore[attr-defined]
