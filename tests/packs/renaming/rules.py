"""A rule-set document with other names in it."""

from __future__ import annotations

from typing import Any

from packs.renaming.conditions import Renaming, condition, fact
from packs.renaming.words import SHAPES, Words
from satupintu.conditions import cel
from satupintu.documents import Json
from satupintu.rules.document import RuleSet


def renamed_rule_set(document: Json, rule_set: RuleSet, words: Words) -> Json:
    """Rename a rule-set document; ``rule_set`` is the same, read."""
    names = _Names(rule_set, words)
    return {
        **document,
        "id": words("rule_set", document["id"]),
        "form": words("form", document["form"]),
        "flags": [names.flag(one) for one in document.get("flags", ())],
        "facts": [
            names.derived(one, read)
            for one, read in zip(document.get("facts", ()), rule_set.facts, strict=True)
        ],
        "rules": [
            names.rule(one, cel.write(condition(read.when, names.renaming)))
            for one, read in zip(document["rules"], rule_set.rules, strict=True)
        ],
        "guarantees": [
            names.guarantee(one, cel.write(condition(read.given, names.renaming)))
            for one, read in zip(document["guarantees"], rule_set.guarantees, strict=True)
        ],
        "examples": [names.example(one) for one in document["examples"]],
    }


class _Names:
    """What the documents of one rule set name."""

    def __init__(self, rule_set: RuleSet, words: Words) -> None:
        self.words = words
        self.types = rule_set.types
        self.renaming = Renaming(words, frozenset(fact.id for fact in rule_set.facts))

    def fact(self, name: str) -> str:
        return fact(name, self.renaming)

    def flag(self, said: Json) -> Json:
        found = {**said, "id": self.words("flag", said["id"])}
        if "fact" in said:
            found["fact"] = self.fact(said["fact"])
            found["agencies"] = {
                self.words("option", option): self.words.all("agency", codes)
                for option, codes in said["agencies"].items()
            }
        return found

    def derived(self, said: Json, read: Any) -> Json:
        return {
            **said,
            "id": self.words("derived", said["id"]),
            "options": [{**o, "const": self.words("option", o["const"])} for o in said["options"]],
            "cases": [
                {
                    **case,
                    "id": self.words("case", case["id"]),
                    "when": cel.write(condition(typed.when, self.renaming)),
                    "is": self.words("option", case["is"]),
                }
                for case, typed in zip(said["cases"], read.cases, strict=True)
            ],
            "otherwise": self.words("option", said["otherwise"]),
        }

    def rule(self, said: Json, when: str) -> Json:
        return {
            **said,
            "id": self.words("rule", said["id"]),
            "basis": [self.words.basis(one) for one in said.get("basis", ())],
            "when": when,
            "refer": [self.at(one) for one in said.get("refer", ())],
            "exclude": self.words.all("agency", said.get("exclude", ())),
            "forbid": [self.at(one) for one in said.get("forbid", ())],
            "flag": self.words.all("flag", said.get("flag", ())),
        }

    def at(self, said: Json) -> Json:
        """Rename what names an agency, a service, a flag, or several of such."""
        found = {k: self.words(k, v) if k in SHAPES else v for k, v in said.items()}
        return {**found, "any": [self.at(one) for one in said["any"]]} if "any" in said else found

    def guarantee(self, said: Json, given: str) -> Json:
        found = {**said, "id": self.words("guarantee", said["id"])}
        found |= {"given": given} if "given" in said else {}
        found |= {key: self.at(said[key]) for key in ("always", "never") if key in said}
        if "monotone" in said:
            claim, of = said["monotone"], self.types[said["monotone"]["fact"]]
            ends = {end: self.words.answer(claim[end], of) for end in ("from", "to")}
            found["monotone"] = {"fact": self.fact(claim["fact"]), **ends}
        return found

    def example(self, said: Json) -> Json:
        expect = dict(said["expect"])
        kinds = {"excluded": "agency", "flags": "flag", "rules": "rule"}
        for key, kind in kinds.items():
            if key in expect:
                expect[key] = self.words.all(kind, expect[key])
        expect["derived"] = {
            self.fact(name): self.words("option", option)
            for name, option in expect.get("derived", {}).items()
        }
        if "agencies" in expect:
            hours = expect["agencies"].items()
            expect["agencies"] = {self.words("agency", code): within for code, within in hours}
        if "forbidden" in expect:
            expect["forbidden"] = [self.at(one) for one in expect["forbidden"]]
        return {
            **said,
            "id": self.words("example", said["id"]),
            "facts": {
                self.fact(name): self.words.answer(given, self.types[name])
                for name, given in said["facts"].items()
            },
            "expect": expect,
        }
