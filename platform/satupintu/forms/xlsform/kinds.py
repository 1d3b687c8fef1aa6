"""Every type of an XLSForm and what asks it here: one line each, so that a type that comes to the
forms later changes one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.questions.kinds import Schema

Say = Callable[..., None]
"""Takes the column, the key and the parameters of a remark."""

LEAST, MOST = -(2**31), 2**31 - 1
"""ODK keeps a whole number in 32 bits."""

PICTURES = ["image/jpeg", "image/png"]


@dataclass(frozen=True)
class Kind:
    """What a type becomes.

    ``schema`` is what asks it, ``remark`` what of it is lost. ``widget`` is the better type, used
    where this platform has it, with ``instead`` as its schema. A type without a schema is left out.
    """

    schema: Schema | None = None
    remark: str = ""
    widget: str = ""
    instead: Mapping[str, Json] = field(default_factory=dict)

    def best(self) -> tuple[dict[str, Json] | None, str]:
        """Return the schema that asks it best here, and the remark that belongs to it."""
        if self.widget and self.widget in questions.types():
            better = {**self.instead, "x-ui": {"widget": self.widget}}
            if questions.types()[self.widget].suits(better):
                return better, ""
        return (None if self.schema is None else dict(self.schema)), self.remark


TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
"""ODK keeps no empty text: it is unanswered."""
FILE: Schema = {"type": "string", "format": "uuid", "x-ui": {"widget": "file"}}
PHOTO: Schema = {**FILE, "x-ui": {"widget": "file", "accept": PICTURES}}
_COORDINATE = {"type": "number"}
PLACE: Schema = {
    "type": "object",
    "properties": {"lat": _COORDINATE, "lon": _COORDINATE},
    "required": ["lat", "lon"],
    "unevaluatedProperties": False,
}

KINDS: Mapping[str, Kind] = {
    "text": Kind(WORDS),
    "integer": Kind({"type": "integer"}),
    "decimal": Kind({"type": "number"}),
    "range": Kind({"type": "integer"}),
    "date": Kind({"type": "string", "format": "date"}),
    "time": Kind({"type": "string", "format": "time"}),
    "datetime": Kind({"type": "string", "format": "date-time"}),
    "select_one": Kind(TEXT),
    "select_multiple": Kind({"type": "array", "uniqueItems": True}),
    "rank": Kind({"type": "array", "uniqueItems": True}, "rank"),
    "select_one_from_file": Kind(WORDS, "other_file"),
    "acknowledge": Kind({"type": "boolean", "const": True}),
    "barcode": Kind(WORDS, "typed_barcode"),
    "geopoint": Kind(WORDS, "place_as_text", "place-on-map", PLACE),
    "image": Kind(PHOTO),
    "signature": Kind(PHOTO, "signature_as_photo", "signature", {"type": "string"}),
    "file": Kind(FILE),
    "today": Kind({"type": "string", "format": "date"}, "today_asked"),
    "note": Kind(None, "", "statement", {"type": "null"}),
    "calculate": Kind(),
    "hidden": Kind(),
    "percentage": Kind({"type": "integer", "minimum": 0, "maximum": 100}),
    "days_of_month": Kind({"type": "integer", "minimum": 0, "maximum": 31}),
    "days_of_half_year": Kind({"type": "integer", "minimum": 0, "maximum": 183}),
    "days_of_year": Kind({"type": "integer", "minimum": 0, "maximum": 365}),
    "audio": Kind(None, "no_recording"),
    "video": Kind(None, "no_recording"),
    "background-audio": Kind(None, "no_recording"),
    "geotrace": Kind(None, "no_line"),
    "geoshape": Kind(None, "no_line"),
    "osm": Kind(None, "no_line"),
    **dict.fromkeys(
        (
            "start", "end", "deviceid", "username", "email", "phonenumber", "simserial",
            "subscriberid", "start-geopoint", "audit", "xml-external", "csv-external", "uuid",
            "background-geopoint", "caseid", "comments", "speed violations count",
        ),
        Kind(None, "kept_by_itself"),
    ),
}  # fmt: skip
TYPES = frozenset(KINDS)
NO_LABEL = frozenset({"calculate", "hidden", "today"})


def bound(schema: dict[str, Json]) -> None:
    """Give a whole number without bounds those that ODK itself has."""
    if schema.get("type") != "integer":
        return
    if not schema.keys() & {"minimum", "exclusiveMinimum"}:
        schema["minimum"] = LEAST
    if not schema.keys() & {"maximum", "exclusiveMaximum"}:
        schema["maximum"] = MOST


def with_appearance(kind: str, schema: dict[str, Json], written: str, say: Say) -> None:
    """Let a question look as its appearance asks, as far as there is such a look."""
    for word in written.lower().split():
        match kind, word:
            case ("select_one", "minimal" | "compact"):
                _widget(schema, "select")
            case ("select_one", "autocomplete" | "search"):
                _widget(schema, "combobox")
            case ("text", "multiline"):
                _widget(schema, "textarea")
            case ("text" | "barcode", "numbers"):
                _ui(schema, "inputmode", "numeric")
            case ("text", "url"):
                _ui(schema, "inputmode", "url")
            case ("image", "signature") | ("signature", _):
                continue
            case (_, "w1" | "w2" | "w3" | "w4" | "w5" | "w6" | "field-list" | "thousands-sep"):
                continue  # how wide a grid has it; each question has its own line here anyway
            case _:
                say("appearance", "appearance_left", appearance=word)


def _widget(schema: dict[str, Json], widget: str) -> None:
    if questions.for_schema(schema) is questions.types()[widget]:
        return  # a list this long looks so anyway
    tried = {**schema, "x-ui": {**schema.get("x-ui", {}), "widget": widget}}
    if questions.types()[widget].suits(tried):
        schema["x-ui"] = tried["x-ui"]
    elif widget == "combobox":  # titles that say the same cannot be told apart by typing them
        _widget(schema, "select")


def _ui(schema: dict[str, Json], key: str, value: Json) -> None:
    schema["x-ui"] = {**schema.get("x-ui", {}), key: value}


_PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")


def with_parameters(kind: str, schema: dict[str, Json], written: str, say: Say) -> None:
    """Let a question keep the bounds and steps that its parameters name."""
    named = dict(_PARAMETER.findall(written))
    for word in re.findall(r"[^\s,;]+", _PARAMETER.sub(" ", written)):
        say("parameters", "parameter_left", parameter=word)
    if kind == "range":
        _range(schema, named, say)
        named = {k: v for k, v in named.items() if k not in ("start", "end", "step")}
    for key, value in named.items():
        say("parameters", "parameter_left", parameter=f"{key}={value}")


def _range(schema: dict[str, Json], named: Mapping[str, str], say: Say) -> None:
    written = [named.get("start", "1"), named.get("end", "10"), named.get("step", "1")]
    try:
        start, end, step = map(_number, written)
    except ValueError:
        say("parameters", "parameter_left", parameter=" ".join(written))
        return
    whole = all(isinstance(n, int) for n in (start, end, step))
    schema.update({"type": "integer" if whole else "number"})
    schema.update({"minimum": min(start, end), "maximum": max(start, end)})
    if whole and abs(step) != 1:
        say("parameters", "steps_left", step=step)
    elif not whole and step and not (start / step) % 1:
        schema["multipleOf"] = abs(step)
    elif not whole:
        say("parameters", "steps_left", step=step)


def _number(text: str) -> int | float:
    value = float(text)
    if value != value or abs(value) > 2**53:
        raise ValueError(text)
    return int(value) if value.is_integer() else value


def default_of(schema: Schema, written: str) -> Json:
    """Return a default as the question's own kind of value; None where it is none."""
    number = re.fullmatch(r"-?\d+(\.\d+)?", written)
    match schema.get("type"):
        case "integer" if number and not number[1]:
            return int(written)
        case "number" if number:
            return _number(written)
        case "boolean" if written.lower() in ("true", "false", "ok"):
            return written.lower() != "false"
        case "array":
            return written.split()
        case "string" if not re.search(r"\$\{|\w\(", written):
            return written
        case _:
            return None
