"""Print docs/question-types.md: every question type, what it is for, a document that asks it.

From the specimens beside the types, which the catalogue in the administrators' pages draws.
"""

import json

from satupintu.forms import catalogue

ABOUT = (
    "# Jenis pertanyaan / question types",
    "Setiap jenis dengan contoh dokumennya; di halaman administrator, **Katalog pertanyaan** "
    "menunjukkannya kosong, terisi, dan ditolak.",
    "Each type with a document that asks it; in the administrators' pages the **Catalogue** "
    "shows it empty, answered and refused.",
)
print("\n\n".join(ABOUT) + "\n")
for one in catalogue.specimens().values():
    print(f"## `{one.kind}`\n\n{one.about['id']}\n{one.about['en']}\n")
    print(f"```json\n{json.dumps(one.schema, ensure_ascii=False, indent=2)}\n```\n")
    answer = json.dumps(one.answer, ensure_ascii=False)
    if len(answer) < 200:
        print(f"Jawaban / answer: `{answer}`\n")
