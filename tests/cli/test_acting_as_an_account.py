"""``--as ACCOUNT``: the account's own password and code, with the limits of the log-in page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from actions.phone import Phone
from satupintu import clock
from satupintu.actions import second_factor, sessions
from satupintu.actions.platform import Platform
from satupintu.actions.sessions import Visit
from satupintu.config import Settings
from satupintu.people.demonstration import PASSWORD

OWNER = "pemilik.kebijakan"
ASK = ("versions", "--as", OWNER, "--kind", "service", "--lang", "en")


pytestmark = pytest.mark.usefixtures("seeded")


@contextmanager
def opened() -> Iterator[Platform]:
    with closing(Platform.open(Settings.read())) as platform:
        yield platform


@pytest.fixture
def enrolled() -> tuple[Phone, tuple[str, ...]]:
    """The policy owner's phone and recovery codes."""
    # Time stands: the code before this one is good for this step only.
    with opened() as platform, clock.standing_at(clock.now()):
        begun = sessions.log_in(platform, login=OWNER, password=PASSWORD, address="::1")
        assert isinstance(begun, Visit)
        second_factor.begin(platform, begun.actor)
        phone = Phone(second_factor.read(platform, begun.actor).secret or "")
        return phone, second_factor.switch_on(platform, begun.actor, phone.code(-1))


Enrolled = tuple[Phone, tuple[str, ...]]


def test_password_and_code_are_asked_for_and_neither_stands_in_the_result(
    run: Any, enrolled: Enrolled
) -> None:
    phone, _ = enrolled
    code = phone.code()
    done = run(*ASK, stdin=f"{PASSWORD}\n{code}\n")
    assert done.exit_code == 0, done.output
    assert f"Password of {OWNER}" in done.stderr
    assert f"Code of {OWNER}" in done.stderr
    assert PASSWORD not in done.output
    assert "\tservice\t" in done.stdout
    again = run(*ASK, stdin=f"{PASSWORD}\n{code}\n")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "\nThis code does not match or was used" in again.stderr


def test_a_script_brings_both_in_the_environment(
    run: Any, enrolled: Enrolled, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, codes = enrolled
    monkeypatch.setenv("SATUPINTU_PASSWORD", PASSWORD)
    monkeypatch.setenv("SATUPINTU_CODE", codes[0])
    done = run(*ASK)
    assert done.exit_code == 0, done.output
    assert "Password of" not in done.stderr
    assert "Code of" not in done.stderr
    assert run(*ASK).exit_code == 2


def test_without_a_second_factor_no_code_is_asked_for(run: Any) -> None:
    done = run(*ASK, stdin=f"{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert "Code of" not in done.stderr


def test_wrong_codes_are_counted_as_on_the_page(run: Any, enrolled: Enrolled) -> None:
    phone, codes = enrolled
    for _ in range(10):
        done = run(*ASK, stdin=f"{PASSWORD}\n{phone.wrong()}\n")
        assert (done.exit_code, done.stdout) == (2, "")
    done = run(*ASK, stdin=f"{PASSWORD}\n{codes[0]}\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Too many tries" in done.stderr


def test_where_it_is_required_an_account_without_one_is_sent_to_the_pages(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SATUPINTU_SECOND_FACTOR", "required")
    done = run(*ASK, stdin=f"{PASSWORD}\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "switch it on first" in done.stderr


@pytest.mark.parametrize("command", ["versions", "migrate"])
def test_a_misspelt_setting_is_a_sentence(
    run: Any, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("SATUPINTU_SECOND_FACTOR", "always")
    done = run(command, *ASK[1:3] if command == "versions" else (), stdin=f"{PASSWORD}\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "“always”" in done.stderr


def test_the_operator_removes_a_second_factor_with_a_link_only_where_asked(
    run: Any, enrolled: Enrolled
) -> None:
    def listed() -> str:
        lines = run("accounts", "list", "--lang", "en").stdout.splitlines()
        return str(next(line for line in lines if line.startswith(OWNER)))

    assert listed().endswith("\tsecond factor")
    assert run("accounts", "reset-link", OWNER).exit_code == 0
    assert listed().endswith("\tsecond factor")
    done = run("accounts", "reset-link", OWNER, "--second-factor")
    assert done.stdout.startswith("/sandi/atur/")
    assert not listed().endswith("\tsecond factor")
