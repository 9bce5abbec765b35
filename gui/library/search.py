"""What a person types to find a run: words of what is written on it, and settings as `width=128` or `loss<2`."""

import re
from math import isfinite
from typing import Any

from engine.library import Entry

LONGEST = 2000  # characters of any one text that are looked through
TERM = re.compile(r"([^\s=:<>]+)(<=|>=|[=:<>])(\S+)")
OWN = ("name", "corpus", "state", "steps", "loss", "validation", "parameters", "seed", "group", "comment", "parent")


def matches(entry: Entry, words: str, query: str) -> bool:
    """Whether every part of `query` is found; `words` are what its row shows."""
    return all(_found(entry, words, part) for part in re.findall(r'"[^"]*"|\S+', query))


def _found(entry: Entry, words: str, part: str) -> bool:
    term = TERM.fullmatch(part)
    if term and (told := _told(entry, term[1].casefold())):
        return any(_fits(value, term[2], term[3].casefold()) for value in told)
    sought = part.strip('"').casefold()
    texts = (words, entry.name, entry.folder.name, entry.comment, entry.corpus, entry.group, *entry.tags)
    return any(sought in text[:LONGEST].casefold() for text in texts)


def _told(entry: Entry, name: str) -> list[Any]:
    """The values it has under this name; "tag" has several."""
    if name in ("tag", "tags"):
        return list(entry.tags) or [""]
    if name in OWN:
        return [getattr(entry, name)]
    return [value for key, value in entry.settings.items() if key.casefold() == name.replace("-", "_")]


def _fits(value: Any, sign: str, wanted: str) -> bool:
    number, other = _number(value), _number(wanted)
    if number is not None and other is not None:
        match sign:
            case "<":
                return number < other
            case ">":
                return number > other
            case "<=":
                return number <= other
            case ">=":
                return number >= other
        return number == other
    text = str(value)[:LONGEST].casefold()
    return sign in "=:" and (text == wanted if number is not None else wanted in text)


def _number(value: Any) -> float | None:
    """On and off count as words."""
    try:
        made = None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return made if made is not None and isfinite(made) else None
