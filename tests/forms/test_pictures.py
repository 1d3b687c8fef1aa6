"""Pictures made anew: nothing but the pixels stays, upright and no larger than asked for."""

from __future__ import annotations

import io
import time

import pytest
from PIL import ExifTags, Image

from forms.uploaded_files import PLACE, moving, photo, picture, screenshot, webp, written
from satupintu.forms.pictures import LONGEST_SIDE, Picture, made_anew


def opened(found: object) -> Image.Image:
    assert isinstance(found, Picture)
    return Image.open(io.BytesIO(found.data))


def test_where_and_when_a_photo_was_taken_is_gone() -> None:
    before = Image.open(io.BytesIO(photo()))
    where = before.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert float(where[ExifTags.GPS.GPSLatitude][1]) == 59
    assert "icc_profile" in before.info
    assert photo().count(PLACE) >= 4
    made = made_anew(photo(), "image/jpeg", LONGEST_SIDE)
    after = opened(made)
    assert isinstance(made, Picture)
    assert dict(after.getexif()) == {}
    assert dict(after.getexif().get_ifd(ExifTags.IFD.GPSInfo)) == {}
    assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert PLACE not in made.data
    assert b"Kamera" not in made.data
    assert made.data.endswith(b"\xff\xd9")


def test_the_texts_of_a_screenshot_are_gone_and_it_still_shines_through() -> None:
    assert PLACE in screenshot()
    made = made_anew(screenshot(), "image/png", LONGEST_SIDE)
    assert isinstance(made, Picture)
    assert (made.media_type, opened(made).mode) == ("image/png", "RGBA")
    assert opened(made).info == {}
    assert PLACE not in made.data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_as_it_was_meant_to_be_seen(orientation: int) -> None:
    upright = picture(40, 20)
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    stored = upright if back is None else upright.transpose(Image.Transpose(back))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = written(stored, "JPEG", exif=exif, quality=95)
    made = opened(made_anew(data, "image/jpeg", LONGEST_SIDE))
    assert made.size == (40, 20)
    for x, y in ((5, 5), (35, 5), (5, 15), (35, 15)):
        there, wanted = made.getpixel((x, y)), upright.getpixel((x, y))
        assert isinstance(there, tuple)
        assert isinstance(wanted, tuple)
        assert all(abs(a - b) < 40 for a, b in zip(there, wanted, strict=True))


@pytest.mark.parametrize(("format", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_large_picture_keeps_its_shape_within_the_longest_side(
    format: str, media_type: str
) -> None:
    made = opened(made_anew(written(picture(2000, 500), format), media_type, 400))
    assert made.size == (400, 100)
    small = opened(made_anew(written(picture(20, 10), format), media_type, 400))
    assert small.size == (20, 10)


def test_a_photo_of_a_telephone_is_made_anew_within_two_seconds() -> None:
    data = written(picture(4000, 3000), "JPEG")
    began = time.process_time()
    made = opened(made_anew(data, "image/jpeg", LONGEST_SIDE))
    assert max(made.size) <= LONGEST_SIDE
    assert time.process_time() - began < 2


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_grey_and_printers_colours_are_read(mode: str) -> None:
    data = written(picture().convert(mode), "JPEG")
    assert opened(made_anew(data, "image/jpeg", 100)).mode == ("L" if mode == "L" else "RGB")


def test_few_colours_with_one_that_is_see_through_stay_so() -> None:
    few = picture().convert("P")
    made = made_anew(written(few, "PNG", transparency=0), "image/png", 100)
    assert opened(made).mode == "RGBA"


@pytest.mark.parametrize(("mode", "media_type"), [("RGB", "image/jpeg"), ("RGBA", "image/png")])
def test_a_webp_becomes_what_every_device_opens(mode: str, media_type: str) -> None:
    made = made_anew(webp(mode), "image/webp", 100)
    assert isinstance(made, Picture)
    assert made.media_type == media_type


def test_a_picture_that_moves_is_refused() -> None:
    assert made_anew(moving("PNG"), "image/png", 100) == "moves"
    assert made_anew(moving("WEBP"), "image/webp", 100) == "moves"


def test_badly_written_exif_does_not_stand_in_the_way_of_a_good_photo() -> None:
    data = written(picture(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + bytes(9))
    assert opened(made_anew(data, "image/jpeg", 100)).size == (12, 8)


def test_a_picture_is_never_taken_for_another_type_than_its_content_was_found_to_be() -> None:
    assert made_anew(written(picture(), "PNG"), "image/jpeg", 100) == "broken"
    assert made_anew(written(picture(), "GIF"), "image/png", 100) == "broken"
