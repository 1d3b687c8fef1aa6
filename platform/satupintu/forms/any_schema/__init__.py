"""Any JSON Schema 2020-12 document, not only a form: read, and answers judged by it.

jsonschema's own validator, which forms use closed in, does not fit schemas of strangers: it tells
each error by the whole value in English, judges again what ``unevaluatedProperties`` asks about,
runs some patterns on ``re`` and goes as deep as Python's stack. Here every visit is counted, every
pattern runs on RE2, and a problem is a sentence of ours. The public test suite says whether the
verdicts are right (docs/conformance.md), and a test lets jsonschema judge made-up schemas too.
"""
