"""Full-text search: a reader's words, taken as words whatever signs stand among them."""

import re

from svwatch.store.queries import chosen, stored
from svwatch.store.records import Selection, StoredArticle

MAX_WORDS = 32
_WORD = re.compile(r"[^\W_]+")


def search(query: str, selection: Selection, limit: int, offset: int) -> list[StoredArticle]:
    """The originals whose title and text together hold every word, best match first."""
    expression = words_expression(query)
    if not expression:
        return []
    rows = chosen(selection).filter(found__words__match=expression).order_by("found__rank", "-dated_at")
    return stored(rows[offset : offset + limit])


def words_expression(query: str) -> str:
    """The FTS5 expression that asks for every word of a query (32 different ones at most); empty if there is none."""
    words = dict.fromkeys(word.casefold() for word in _WORD.findall(query))
    return " ".join(f'"{word}"' for word in list(words)[:MAX_WORDS])
