"""Formats that schemas of strangers name: what is surely none of each, and an example to follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address

_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DATES = r"(\d+Y)?(\d+M)?(\d+D)?"
_TIMES = r"(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?"

EXAMPLES: Mapping[str, str] = {
    "duration": "P1DT12H",
    "hostname": "www.example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "json-pointer": "/a/0",
    "uri": "https://example.org/",
}


def _address(kind: type[IPv4Address | IPv6Address], text: str) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return "%" not in text  # the name of a network card in one machine is no part of an address


def _shaped(shape: str) -> Callable[[str], bool]:
    compiled = re.compile(shape)
    return lambda text: compiled.fullmatch(text) is not None


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "duration": _shaped(rf"P(\d+W|(?=\d|T\d){_DATES}{_TIMES})"),
    "hostname": _shaped(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*"),
    "ipv4": lambda text: _address(IPv4Address, text),
    "ipv6": lambda text: _address(IPv6Address, text),
    "json-pointer": _shaped("(/([^~/]|~[01])*)*"),
    "uri": _shaped(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*"),
}
