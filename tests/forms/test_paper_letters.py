"""Texts of people on paper: printed as they are, never read as markup, whatever their letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conditions.condition_strategies import sized
from forms.printed import filled_of, squeezed
from forms.sample_forms import sheets, text
from satupintu.forms import reading
from satupintu.forms.paper import letters
from satupintu.forms.paper.letters import BREAK, RUN, printable

FORM = reading.read(sheets({"a": text("A", maxLength=5000), "b": text("B")}, "a b"))

MARKUP = st.text(st.sampled_from("#$*_\\@<>[](){}=+-/`~'\"&;:%|^ \nabcxyz1"), max_size=80)
ATTACKS = (
    "#panic()", "$ sum $", "*b*", "_i_", "= H", "- x", "+ x", "/ t: x", "\\u{41}", "@ref", "<lbl>",
    "[k]", "#[", "]#{", "}", '#read("/etc/passwd")', "#sys.inputs", "`raw`", "```", "//", "/* */",
    "http://x.id", "---", "...", "~", "#let x = 1", "#import \"@preview/x:1.0.0\"", "\\", "\\\\",
)  # fmt: skip


def printed(answer: str) -> str:
    return squeezed(filled_of(FORM, {"a": f"«{answer}»", "b": "sesudah"}).text)


@sized(40)
@given(MARKUP)
@example("#set page(width: 1pt)")
def test_no_text_is_read_as_markup(answer):
    assert f"«{squeezed(answer)}»" in printed(answer)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_typst_would_obey_is_only_printed(attack):
    assert f"«{squeezed(attack)}»" in printed(attack)


@sized(60)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("\u0301")
@example("\u200d\u200d")
@example("e\u0301\u0327" * 20)
@example("a\u0651\u0628\u064b")
@example("\u202eabc\ufeff\u00ad")
@example("👩‍👩‍👧‍👦")
def test_any_letters_make_a_pdf_that_screen_readers_can_read(answer):
    assert filled_of(FORM, {"a": answer, "b": "x"}).data.startswith(b"%PDF-1.7")


@sized(300)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_what_is_printable_stays_so_and_no_word_is_longer_than_a_line(answer):
    said, _ = printable(answer)
    whole = said.replace(BREAK, "")
    assert printable(whole)[0].replace(BREAK, "") == whole
    for word in said.replace(BREAK, " ").split():
        assert len(word) <= RUN or any(unicodedata.category(c)[0] == "M" for c in word)
    drawn = frozenset().union(*letters.families())
    assert all(ord(c) in drawn or c in "\n\u200b\u200c\u200d" for c in said)


def test_arabic_is_printed_and_what_no_font_has_is_told_by_its_number():
    assert printable("سلام") == ("سلام", False)
    assert printable("Łódź Ñandú ʻokina đ ş") == ("Łódź Ñandú ʻokina đ ş", False)
    assert printable("王 😀") == ("[U+738B] [U+1F600]", True)
    pdf = filled_of(FORM, {"a": "王", "b": "x"})
    assert "[U+738B]" in pdf.text
    assert "Baca aslinya di layar" in pdf.text
    assert "Baca aslinya di layar" not in filled_of(FORM, {"a": "x", "b": "x"}).text


def test_what_is_invisible_or_turns_text_around_is_left_out():
    assert printable("a\u202eb\u200bc\u00add\x00\ufeff") == ("abcd", False)
    assert printable("a\r\nb\u2028c\td") == ("a\nb\nc d", False)


def test_both_weights_of_the_main_family_print_the_same_letters():
    files = {p.name: p for p in letters.FONTS.iterdir() if p.suffix in letters.SUFFIXES}
    regular, bold = (
        frozenset(letters.code_points(files[f"SourceSans3-{weight}.otf"].read_bytes()))
        for weight in ("Regular", "Semibold")
    )
    assert regular == bold
    assert len(regular) > 1500
