"""The engine that routes live cases: durable_rules, driven through its C module.

What it gets is only what was measured to be right (docs/decisions/0003): conjunctions of equalities
and integer ranges over short names and codes of our own, in networks whose size is bounded before
they are built. ``compile`` makes them, ``engine`` drives them, ``guarded`` keeps a crash or a hang
in a process of its own.
"""
