"""A drawn page as a browser without JavaScript has it: how controls are named, what is posted."""

from __future__ import annotations

import pytest

from satupintu.forms.without_script import DrawnPage


@pytest.mark.parametrize(
    "html",
    [
        '<label for="a">Nama</label><input id="a" name="q">',
        '<label>Nama <input name="q"></label>',
        '<label><span>Nama</span><textarea name="q"></textarea></label>',
        '<input name="q" aria-label="Nama">',
        '<p id="t">Nama</p><input name="q" aria-labelledby="none t">',
        '<label for="a">Nama</label><select id="a" name="q"><option value="">-</option></select>',
        '<label><input type="checkbox" name="q" value="true"><span>Setuju</span></label>',
        '<fieldset><legend>Mana?</legend><label><input type="radio" name="q" value="a">A</label>'
        '<label><input type="radio" name="q" value="b">B</label></fieldset>',
    ],
)
def test_a_control_is_named_by_its_label_its_group_or_aria(html: str) -> None:
    page = DrawnPage(html)
    assert page.unlabelled() == []
    assert set(page.labelled()) == {"q"}


@pytest.mark.parametrize(
    "html",
    [
        '<input name="q">',
        '<label for="b">Nama</label><input id="a" name="q">',
        '<label for="a"> </label><input id="a" name="q">',
        '<i id="a"></i><label for="a">Nama</label><input id="a" name="q">',
        '<input name="q" aria-labelledby="none">',
        '<input name="q" placeholder="Nama">',
        '<label>Nama</label><input name="q">',
        '<fieldset><legend>Nama</legend><input name="q"></fieldset>',
        '<label><input type="radio" name="q" value="a">A</label>'
        '<label><input type="radio" name="q" value="b">B</label>',
        '<fieldset><legend> </legend><label><input type="radio" name="q" value="a">A</label>'
        '<label><input type="radio" name="q" value="b">B</label></fieldset>',
        '<fieldset><legend>Mana?</legend><input type="radio" name="q" value="a">A'
        '<input type="radio" name="q" value="b">B</fieldset>',
    ],
)
def test_a_control_that_nothing_names_is_told(html: str) -> None:
    page = DrawnPage(html)
    assert set(page.unlabelled()) == {"q"}
    assert page.labelled() == []


def test_one_option_without_a_label_is_told_and_the_others_count() -> None:
    page = DrawnPage(
        '<fieldset><legend>Mana?</legend><label><input type="checkbox" name="q" value="a">A</label>'
        '<label><input type="checkbox" name="q" value="b">B</label>'
        '<input type="checkbox" name="q" value="c"></fieldset>'
    )
    assert page.labelled() == ["q", "q"]
    assert page.unlabelled() == ["q"]


def test_what_nobody_sees_needs_no_label_and_is_posted() -> None:
    page = DrawnPage('<input type="hidden" name="q" value="1"><input type="hidden" name="q">')
    assert page.unlabelled() == []
    assert page.posts() == {"q": ["1", ""]}


def test_a_page_posts_what_stands_in_its_controls() -> None:
    page = DrawnPage(
        '<input name="satu" value="&lt;a&amp;b&gt;"><input value="no name">'
        '<input name="mati" value="x" disabled><input type="file" name="berkas">'
        '<textarea name="dua">\nbaris\nbaris</textarea>'
        '<select name="tiga"><option value="a">A</option><option selected>B</option></select>'
        '<select name="empat"><option value="a">A</option><option>B</option></select>'
        '<select name="lima"></select>'
        '<input type="radio" name="enam" value="x">'
        '<input type="radio" name="enam" value="y" checked>'
        '<input type="checkbox" name="tujuh" checked>'
        '<button name="act" value="go"></button>'
    )
    assert page.acts == ["go"]
    assert page.posts() == {
        "satu": ["<a&b>"],
        "dua": ["baris\r\nbaris"],
        "tiga": ["B"],
        "empat": ["a"],
        "enam": ["y"],
        "tujuh": ["on"],
    }
    assert page.posts("go")["act"] == ["go"]


def test_only_what_a_control_can_hold_is_posted() -> None:
    page = DrawnPage(
        '<input name="baris" value="lama"><textarea name="cerita"></textarea>'
        '<select name="daftar"><option value="a">A</option><option value="b">B</option></select>'
        '<input type="radio" name="satu" value="a" checked>'
        '<input type="radio" name="satu" value="b">'
        '<input type="checkbox" name="banyak" value="a">'
        '<input type="checkbox" name="banyak" value="b">'
        '<input type="hidden" name="diam" value="1"><input type="file" name="berkas">'
    )
    typed = {
        "baris": "a\r\nb", "cerita": "a\rb\nc", "daftar": "c", "satu": "c", "banyak": ("b", "c"),
        "diam": "2", "berkas": "3", "tiada": "4",
    }  # fmt: skip
    assert page.posts(filled=typed) == {
        "baris": ["ab"],
        "cerita": ["a\r\nb\r\nc"],
        "daftar": ["a"],
        "banyak": ["b"],
        "diam": ["1"],
    }


def test_a_page_that_leaves_elements_open_is_still_read() -> None:
    page = DrawnPage("<div><p>satu<label>Nama<input name='q'></div></label></i><option><legend>")
    assert page.unlabelled() == []
