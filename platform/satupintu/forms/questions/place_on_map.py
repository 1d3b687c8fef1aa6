"""A place as plain coordinates, ``{"lat": -3.4327, "lon": 104.2356}``: typed, pasted, or located.

No map is loaded from anywhere; a device tells where it is only when somebody presses the button.
"""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from satupintu.conditions.types import FactType, Text
from satupintu.documents import Json
from satupintu.forms.coordinates import (
    LATITUDE,
    LONGITUDE,
    Coordinates,
    coordinates,
    is_link,
    written,
)
from satupintu.forms.document import Question
from satupintu.forms.questions.decimal import in_words
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    has_questions,
    suits_type,
    unread,
)
from satupintu.forms.sentences import own, said

LOCATES = "geolocation"
"""What a page with this question may ask of a device, as ``Permissions-Policy`` calls it."""


def suits(schema: Schema) -> int:
    """Return 1 for an object of the numbers ``lat`` and ``lon`` that is named a place."""
    ui, properties = schema.get("x-ui"), schema.get("properties")
    named = isinstance(ui, Mapping) and ui.get("widget") == "place-on-map"
    if not named or not suits_type(schema, "object") or has_questions(schema):
        return 0
    return 1 if isinstance(properties, Mapping) and set(properties) == {"lat", "lon"} else 0


def fact_type(_schema: Schema) -> FactType:
    """Return free text: no rule reads where a place is."""
    return Text()


def read(question: Question, posted: Posted) -> Read:
    """Return the coordinates, whichever way they were written."""
    text = " ".join(posted.one().split())
    if not text:
        return Read()
    place = coordinates(text)
    if place is None:
        key = "questions.short_map_link" if is_link(text) else "questions.no_such_place"
        return unread(question, posted, key, {posted.name: text}, keyword="type")
    (south, north), (west, east) = bounds(question, "lat"), bounds(question, "lon")
    if not (south <= place.lat <= north and west <= place.lon <= east):
        typed = {posted.name: text}
        if (words := question.errors.get("minimum")) is not None:
            found = own("questions.place_outside", posted.pointer, words)
        else:
            sides = {"south": south, "north": north, "west": west, "east": east}
            in_language = {
                name: (lambda language, side=side: in_words(side, language))
                for name, side in sides.items()
            }
            found = said("questions.place_outside", posted.pointer, **in_language)
        return Read(typed=typed, problems=(found,))
    return Read({"lat": place.lat, "lon": place.lon})


def bounds(question: Question, axis: str) -> tuple[float, float]:
    """Return the least and the greatest degree that a question asks for."""
    most = LATITUDE if axis == "lat" else LONGITUDE
    schema = question.schema["properties"][axis]
    within = schema if isinstance(schema, Mapping) else {}
    return max(within.get("minimum", -most), -most), min(within.get("maximum", most), most)


def place_of(value: Json) -> Coordinates | None:
    """Return an answer as a place, None where an older version had something else."""
    if not isinstance(value, Mapping):
        return None
    lat, lon = value.get("lat"), value.get("lon")
    match lat, lon:
        case (bool(), _) | (_, bool()):
            return None
        case (int() | float(), int() | float()):
            return Coordinates(float(lat), float(lon))
        case _:
            return None


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the coordinates as the control holds them."""
    place = place_of(value)
    return {name: "" if place is None else written(place)}


def shown(_question: Question, value: Json, _language: str, _zone: ZoneInfo) -> str:
    """Return the coordinates, latitude first."""
    place = place_of(value)
    return str(value) if place is None else written(place)


def link(value: Json) -> str:
    """Return the address that opens a map on a phone without asking any service here."""
    place = place_of(value)
    return "" if place is None else f"geo:{written(place).replace(' ', '')}"


TYPE = QuestionType(
    "place-on-map", suits, fact_type, read, shown, typed,
    entry={"inputmode": "text", "autocomplete": "off"}, link=link, uses=LOCATES,
)  # fmt: skip
