"""From page to page: which one comes next, before, or after a button was pressed."""

from __future__ import annotations

from collections.abc import Collection

from satupintu.forms.answers import pages_to_ask
from satupintu.forms.document import Form, Page
from satupintu.forms.facts import Answers

CHECK = "periksa"
"""The step after the last page: reading the answers back. No page may have this id's meaning."""


def first(form: Form, answers: Answers) -> str:
    """Return the first page that asks something."""
    asked = pages_to_ask(form, answers)
    return asked[0].id if asked else CHECK


def after(form: Form, answers: Answers, page_id: str) -> str:
    """Return the next page that asks something, else ``CHECK``."""
    later = _ids(form)[_ids(form).index(page_id) + 1 :]
    return next((p.id for p in pages_to_ask(form, answers) if p.id in later), CHECK)


def after_change(form: Form, answers: Answers, page_id: str, left: Collection[str]) -> str:
    """Return where somebody goes on who came from ``CHECK`` to change a page: back to it.

    First comes each page of ``left``, where something is still to be done: those after this one,
    then those before it.
    """
    here = _ids(form).index(page_id)
    asked = [p.id for p in pages_to_ask(form, answers) if p.id in left and p.id != page_id]
    later = [one for one in asked if _ids(form).index(one) > here]
    return next(iter(later or asked), CHECK)


def before(form: Form, answers: Answers, page_id: str) -> Page | None:
    """Return the page before that asks something; for ``CHECK`` the last one."""
    ids = _ids(form)
    earlier = ids if page_id == CHECK else ids[: ids.index(page_id)]
    found = [p for p in pages_to_ask(form, answers) if p.id in earlier]
    return found[-1] if found else None


def pressed(
    form: Form,
    answers: Answers,
    page_id: str,
    act: str,
    *,
    stays: bool,
    left: Collection[str] | None = None,
) -> str:
    """Return where a button of a page leads, once the page is saved.

    ``goto:PAGE`` and ``back`` lead there whatever is missing, as does ``skip`` to the next page;
    ``rows:...``, ``later``, ``newer`` and ``save`` stay, and anything else goes on unless the page
    ``stays`` for more. Somebody who came from ``CHECK`` to change the page gives ``left``, the
    pages where something is still to be done, and is led back there.
    """
    match act.partition(":")[0], act.partition(":")[2]:
        case "goto", wanted if wanted in (*_ids(form), CHECK):
            return wanted
        case "back", _ if left is not None and page_id not in left:
            return CHECK
        case "back", _:
            earlier = before(form, answers, page_id)
            return earlier.id if earlier else page_id
        case "rows" | "redraw" | "goto" | "later" | "newer" | "save", _:
            return page_id
        case _ if stays and act != "skip":
            return page_id
        case _ if left is not None:
            return after_change(form, answers, page_id, left)
        case _:
            return after(form, answers, page_id)


def _ids(form: Form) -> tuple[str, ...]:
    return tuple(page.id for page in form.pages)
