"""A drawn page as a browser without JavaScript has it: how controls are named, what is posted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from forms import further_sample_forms  # noqa: F401 - registers its samples
from forms.asked_alone import WIB
from forms.sample_forms import SAMPLES, sample_form
from satupintu.forms.controls import QuickPage
from satupintu.forms.rendering import page_html
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


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_page_that_is_read_fast_posts_what_the_same_page_read_slowly_does(name: str) -> None:
    form = sample_form(name)
    for answers in SAMPLES[name]()[1]:
        for page in form.pages:
            html = page_html(form, page, language="id", zone=WIB, answers=answers)
            assert_read_alike(str(html))


@given(text=st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_any_text_in_a_control_is_read_alike(text: str) -> None:
    said = escape(text)
    assert_read_alike(
        f'<label>T <input name="a" value="{said}"></label><textarea name="b">\n{said}</textarea>'
        f'<select name="c"><optgroup label="x"><option value="{said}" selected>{said}</option>'
        f'<option>{said}</option></optgroup></select><button name="act" value="{said}">x</button>'
    )


def assert_read_alike(html: str) -> None:
    slow, fast = DrawnPage(html), QuickPage(html)
    assert fast.acts == slow.acts
    assert fast.posts() == slow.posts()
    for one, other in zip(fast.controls, slow.controls, strict=True):
        assert (one.kind, one.name, one.attributes) == (other.kind, other.name, other.attributes)
        assert [o.value for o in one.options] == [o.value for o in other.options]
    filled = {c.name: c.value or "x" for c in slow.controls}
    assert fast.posts("go", filled=filled) == slow.posts("go", filled=filled)
