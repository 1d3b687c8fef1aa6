"""A second factor from the first code to the last, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.phone import Phone
from satupintu import clock
from satupintu.actions import passwords as own_password
from satupintu.actions import second_factor, second_step, sessions
from satupintu.actions.content import Content
from satupintu.actions.platform import Platform
from satupintu.actions.sessions import HalfWay, Visit
from satupintu.config import Settings
from satupintu.errors import BadAnswers, Conflict, NotAllowed, TooOften, Unavailable
from satupintu.people import passwords
from satupintu.people.actor import PUBLIC
from satupintu.people.second_factor import HALF_WAY, RECOVERY_CODES
from satupintu.store import audit
from store.store_content import account

PASSWORD = "kuda-biru-melompat-tinggi"
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def password_hash() -> str:
    """The hash of everybody's password here, made once."""
    return passwords.hashed(PASSWORD)


@pytest.fixture
def own(platform: Platform, password_hash: str) -> Visit:
    """Somebody with an account and a password, logged in."""
    with platform.store.writing() as tx:
        account(tx, "petugas", password_hash=password_hash)
    return inside(platform)


def half_way(platform: Platform) -> HalfWay:
    begun = sessions.log_in(platform, login="petugas", password=PASSWORD, address="::1")
    assert isinstance(begun, HalfWay)
    return begun


def inside(platform: Platform) -> Visit:
    begun = sessions.log_in(platform, login="petugas", password=PASSWORD, address="::1")
    assert isinstance(begun, Visit)
    return begun


def enrolled(platform: Platform, visit: Visit) -> tuple[Phone, tuple[str, ...]]:
    """Switch it on with the code of the step before, so that this moment's code is not used up."""
    second_factor.begin(platform, visit.actor)
    secret = second_factor.read(platform, visit.actor).secret
    assert secret is not None
    phone = Phone(secret)
    with clock.shifted(-MINUTE):
        codes = second_factor.switch_on(platform, visit.actor, phone.code())
    return phone, codes


def take(platform: Platform, code: str, waiting: str | None = None) -> Visit:
    token = waiting or half_way(platform).token
    return second_step.take(platform, token, code=code, address="::1")


def refused(platform: Platform, code: str, waiting: str | None = None) -> str:
    with pytest.raises(BadAnswers) as caught:
        take(platform, code, waiting)
    return str(caught.value)


def acts(platform: Platform, name: str) -> list[tuple[str, object]]:
    with platform.store.reading() as tx:
        found = reversed(audit.listed(tx, limit=100))
        return [(one.outcome, one.details) for one in found if one.action == name]


def test_the_password_alone_opens_nothing_once_a_first_code_switched_it_on(
    platform: Platform, own: Visit
) -> None:
    second_factor.begin(platform, own.actor)
    assert inside(platform).actor == own.actor  # no code confirmed it yet
    phone, codes = enrolled(platform, own)
    assert len(set(codes)) == RECOVERY_CODES
    standing = second_factor.read(platform, own.actor)
    assert standing.on_since is not None
    assert (standing.secret, standing.codes_left) == (None, RECOVERY_CODES)
    waiting = half_way(platform).token
    assert sessions.recognise(platform, waiting) is None
    begun = take(platform, phone.code(), waiting)
    seen = sessions.recognise(platform, begun.token)
    assert seen is not None
    assert (seen.actor, seen.state, seen.must_enrol) == (own.actor, "open", False)
    with pytest.raises(NotAllowed):
        take(platform, phone.code(1), waiting)


def test_a_wrong_a_used_and_an_older_code_are_refused_in_the_same_words(
    platform: Platform, own: Visit
) -> None:
    phone, _ = enrolled(platform, own)
    used = phone.code(1)
    take(platform, used)
    said = {refused(platform, code) for code in (phone.wrong(), used, phone.code(), "", "x")}
    assert len(said) == 1
    kinds = [details for outcome, details in acts(platform, "session.second_step")]
    assert kinds == [{"code": "app"}, *[{"reason": "code"}] * 5]


def test_a_recovery_code_replaces_the_phone_once(platform: Platform, own: Visit) -> None:
    _, codes = enrolled(platform, own)
    take(platform, "-".join(codes[0][i : i + 4] for i in range(0, 16, 4)))
    refused(platform, codes[0])
    assert second_factor.read(platform, own.actor).codes_left == RECOVERY_CODES - 1
    assert acts(platform, "session.second_step")[0] == ("done", {"code": "recovery"})


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_two_log_ins_with_one_code_at_the_same_moment_one_is_let_in(
    platform: Platform, own: Visit, kind: str
) -> None:
    phone, codes = enrolled(platform, own)
    waiting = [half_way(platform).token for _ in range(4)]
    code = phone.code() if kind == "app" else codes[0]

    def let_in(token: str) -> bool:
        try:
            return bool(take(platform, code, token))
        except BadAnswers:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(let_in, waiting)) == [False, False, False, True]


def test_a_log_in_waits_five_minutes_for_its_code_and_not_past_a_new_password(
    platform: Platform, own: Visit
) -> None:
    phone, _ = enrolled(platform, own)
    late, other = half_way(platform).token, half_way(platform).token
    with clock.shifted(HALF_WAY), pytest.raises(NotAllowed):
        take(platform, phone.code(), late)
    own_password.change(platform, own, current=PASSWORD, new="gajah-ungu-bernyanyi-merdu")
    with pytest.raises(NotAllowed):
        take(platform, phone.code(), other)


def test_wrong_codes_and_wrong_passwords_are_counted_together_by_all_processes(
    platform: Platform, own: Visit
) -> None:
    phone, codes = enrolled(platform, own)
    second = Platform(platform.settings, platform.store, Content(platform.store))
    waiting = half_way(platform).token
    for turn in range(8):
        refused((platform, second)[turn % 2], phone.wrong(), waiting)
    for _ in range(2):
        with pytest.raises(BadAnswers):
            sessions.log_in(second, login="petugas", password="keliru", address="::2")
    for code in (phone.code(), codes[0]):
        with pytest.raises(TooOften):
            take(second, code, waiting)
    with pytest.raises(TooOften):
        half_way(platform)
    with pytest.raises(TooOften):
        second_factor.switch_off(platform, own, password=PASSWORD, code=phone.code())
    with clock.shifted(timedelta(minutes=15)):
        take(platform, phone.code())


def test_codes_that_are_right_are_not_counted(platform: Platform, own: Visit) -> None:
    _, codes = enrolled(platform, own)
    for _ in range(2):
        for code in codes[:-1]:
            take(platform, code)
        codes = second_factor.renew_codes(platform, own, password=PASSWORD, code=codes[-1])


def test_new_recovery_codes_take_password_and_code_and_end_the_old_ones(
    platform: Platform, own: Visit
) -> None:
    phone, old = enrolled(platform, own)
    for password, code, at in (
        ("keliru", phone.code(), second_factor.PASSWORD),
        (PASSWORD, phone.wrong(), ""),
    ):
        with pytest.raises(BadAnswers) as caught:
            second_factor.renew_codes(platform, own, password=password, code=code)
        assert [p.pointer for p in caught.value.problems] == [at]
    new = second_factor.renew_codes(platform, own, password=PASSWORD, code=phone.code())
    assert not set(new) & set(old)
    refused(platform, old[0])
    take(platform, new[0])


def test_switching_off_takes_password_and_code_and_then_the_password_is_enough(
    platform: Platform, own: Visit
) -> None:
    phone, _ = enrolled(platform, own)
    with pytest.raises(BadAnswers):
        second_factor.switch_off(platform, own, password="keliru", code=phone.code())
    with pytest.raises(BadAnswers):
        second_factor.switch_off(platform, own, password=PASSWORD, code="000")
    half_way(platform)
    second_factor.switch_off(platform, own, password=PASSWORD, code=phone.code())
    inside(platform)
    assert [outcome for outcome, _ in acts(platform, "second_factor.switch_off")] == [
        "refused",
        "refused",
        "done",
    ]


def test_a_secret_that_waits_is_replaced_and_one_that_counts_is_not(
    platform: Platform, own: Visit
) -> None:
    with pytest.raises(Conflict):
        second_factor.switch_on(platform, own.actor, "123456")
    second_factor.begin(platform, own.actor)
    first = second_factor.read(platform, own.actor).secret
    assert first is not None
    second_factor.begin(platform, own.actor)
    with pytest.raises(BadAnswers):
        second_factor.switch_on(platform, own.actor, Phone(first).code())
    phone, _ = enrolled(platform, own)
    with pytest.raises(Conflict):
        second_factor.begin(platform, own.actor)
    with pytest.raises(Conflict):
        second_factor.switch_on(platform, own.actor, phone.code())


def under(platform: Platform, setting: str) -> Platform:
    settings = replace(platform.settings, second_factor=setting)  # type: ignore[arg-type]
    return Platform(settings, platform.store, Content(platform.store))


def test_where_it_is_off_nobody_is_asked_for_a_code_nor_can_begin(
    platform: Platform, own: Visit
) -> None:
    off = under(platform, "off")
    with pytest.raises(Conflict):
        second_factor.begin(off, own.actor)
    enrolled(platform, own)
    assert not inside(off).must_enrol
    half_way(platform)


def test_where_it_is_required_an_account_without_one_must_enrol(
    platform: Platform, own: Visit
) -> None:
    required = under(platform, "required")
    begun = inside(required)
    assert begun.must_enrol
    seen = sessions.recognise(required, begun.token)
    assert seen is not None
    assert seen.must_enrol
    phone, _ = enrolled(required, begun)
    assert not take(required, phone.code()).must_enrol


def test_nobody_without_an_account_has_a_second_factor(platform: Platform) -> None:
    for act in (second_factor.read, second_factor.begin):
        with pytest.raises(NotAllowed):
            act(platform, PUBLIC)


@pytest.mark.parametrize("text", ["on", "Required", "1"])
def test_a_setting_that_is_none_of_the_words_stops_the_start(text: str) -> None:
    with pytest.raises(Unavailable) as caught:
        Settings.read({"SATUPINTU_SECOND_FACTOR": text})
    assert text in caught.value.problems[0].sentence("id")


def test_a_second_factor_is_offered_where_nothing_is_set() -> None:
    assert Settings.read({}).second_factor == "offered"
    assert Settings.read({"SATUPINTU_SECOND_FACTOR": ""}).second_factor == "offered"
    assert Settings.read({"SATUPINTU_SECOND_FACTOR": "required"}).second_factor == "required"
