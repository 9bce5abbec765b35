"""The library as rows: branches under their parent, runs that were begun as one action in a row that opens."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import fmean

import numpy as np

from engine.library import Entry
from gui.library.search import matches
from gui.sources import corpus_label
from gui.status import parameter_words, size_words
from gui.text import number, one_line

LONGEST = 200  # characters of a name that are shown
UNKNOWN = "–"
TRAINING, WAITING = "training", "waits"
MOMENT = re.compile(r", \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")  # tells two groups apart, and people nothing
GROUP = "group "  # begins the key of a row that stands for several runs
MOST_SAID = 5  # values of a setting that are told one by one


@dataclass(frozen=True, eq=False)
class Row:
    """One run, or several that belong together. Its words can be shown as they are."""

    key: str  # folder of the run, or GROUP and a name
    name: str
    details: tuple[str, ...]  # of the second line; the last ones are left out first where there is no room
    says: str  # why it stopped or cannot be read; "" for all others
    loss: str
    curve_steps: np.ndarray
    curve: np.ndarray  # nats per token
    entries: tuple[Entry, ...]
    children: tuple["Row", ...] = ()

    @property
    def group(self) -> bool:
        return self.key.startswith(GROUP)

    @property
    def live(self) -> bool:
        return any(entry.state == "live" for entry in self.entries)

    @property
    def word(self) -> str:
        """What a live one does; "" for others."""
        return doing(self.entries)

    @property
    def words(self) -> str:
        return "  ·  ".join(self.details)

    def same(self, other: "Row") -> bool:
        """Whether both are drawn alike, children left out; an entry is the same object while its run is."""
        return self.key == other.key and _all_same(self.entries, other.entries) and self.details == other.details


def rows(entries: Iterable[Entry], query: str = "") -> tuple[Row, ...]:
    """What was begun last comes first, with all its family; branches stand in the order they were made."""
    every = list(entries)
    below: dict[str, list[Row]] = defaultdict(list)  # of a folder
    parents = _parents(every)
    for members in reversed(_actions(every)):  # oldest first
        under = {parents[entry.key] for entry in members}
        below[under.pop() if len(under) == 1 else ""].append(_row_of(members))
    made = [_grown(row, below) for row in below[""]]
    return tuple(kept for row in _newest_first(made) if (kept := _filtered(row, query)))


def can_be_opened(entry: Entry) -> bool:
    """Also a damaged one: what can be read of it is shown."""
    return entry.steps > 0 or entry.state == "damaged"


def flat(tree: Iterable[Row]) -> list[Row]:
    """Every row, parents before their children."""
    return [one for row in tree for one in (row, *flat(row.children))]


def sentence(row: Row) -> str:
    """The whole row in words, for the status line, the tool tip and a screen reader."""
    if row.group:
        return f"{row.name}: {', '.join(row.details)}; loss {row.loss} nats per token on average."
    entry = row.entries[0]
    parts = [row.says] if row.says else [f"loss {row.loss} nats per token at step {entry.steps:,}"]
    parts += [f"validation {number(entry.validation)} at best"] if not isnan(entry.validation) else []
    parts += [f"begun {entry.date:%d %b %Y, %H:%M}"] if entry.date.timestamp() else []
    parts += [size_words(entry.bytes)]
    parts += [f"tags {', '.join(map(shortened, entry.tags))}"] if entry.tags else []
    told = f"{row.name}: {', '.join((*row.details[:3], *parts))}."
    return f"{told} {shortened(entry.comment)}" if entry.comment else told


# what belongs together


def _actions(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Runs that were begun as one action, and each other run alone; in the order of the first of each."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[GROUP + entry.group if entry.group else entry.key].append(entry)
    return list(found.values())


def _parents(entries: Sequence[Entry]) -> dict[str, str]:
    """The folder under which each run stands; "" for none. A record may claim anything, even to be its own parent."""
    there = {entry.folder: entry for entry in entries}
    made = {entry.key: "" for entry in entries}
    for entry in entries:
        parent = there.get(entry.folder.parent / entry.parent) if entry.parent else None
        if parent and parent.key != entry.key and not _leads_to(made, parent.key, entry.key):
            made[entry.key] = parent.key
    return made


def _leads_to(parents: dict[str, str], here: str, there: str) -> bool:
    while here and here != there:
        here = parents[here]
    return here == there


def _grown(row: Row, below: dict[str, list[Row]]) -> Row:
    """With its members, and with what branched from it or from one of them."""
    members = [_one(entry) for entry in sorted(row.entries, key=_order)] if row.group else [row]
    grown = [_with(member, [_grown(child, below) for child in below[member.key]]) for member in members]
    return _with(row, grown) if row.group else grown[0]


def _with(row: Row, children: Iterable[Row]) -> Row:
    made = tuple(children)
    return row if not made else Row(**{**vars(row), "children": made})


def _order(entry: Entry) -> tuple[int, str]:
    return entry.seed or 0, entry.key


def _newest_first(made: Iterable[Row]) -> list[Row]:
    return sorted(made, key=lambda row: max(e.date for one in flat([row]) for e in one.entries), reverse=True)


def _filtered(row: Row, query: str) -> Row | None:
    """It, if it or anything under it is sought. All members of a group come with its own words."""
    words = f"{row.name} {row.words} {row.says}"
    if not query.strip() or (row.group and matches_words(words, query)):
        return row
    kept = tuple(found for child in row.children if (found := _filtered(child, query)))
    sought = not row.group and matches(row.entries[0], words, query)
    return Row(**{**vars(row), "children": kept}) if kept or sought else None


def matches_words(words: str, query: str) -> bool:
    """Whether what is shown has every word of it."""
    return all(part in words.casefold() for part in query.casefold().split())


# what is said of each


def _row_of(members: Sequence[Entry]) -> Row:
    return _one(members[0]) if len(members) == 1 else _several(members)


def _one(entry: Entry) -> Row:
    return Row(
        key=entry.key,
        name=shortened(entry.name) or UNKNOWN,
        details=_details(entry),
        says=shortened(entry.says) if entry.state in ("stopped", "damaged", "empty") else "",
        loss=UNKNOWN if isnan(entry.loss) or entry.state == "stopped" else number(entry.loss),
        curve_steps=entry.curve_steps,
        curve=entry.curve,
        entries=(entry,),
    )


def _details(entry: Entry) -> tuple[str, ...]:
    now = tuple(filter(None, (doing((entry,)),)))
    if entry.fork is not None:
        return (f"from step {entry.fork:,}", *now, *map(shortened, entry.tags))
    text = _text(entry)
    size = parameter_words(entry.parameters).removesuffix(" parameters") if entry.parameters else ""
    date = (f"{entry.date.day} {entry.date:%b}",) if entry.date.timestamp() else ()
    return tuple(part for part in (text, size, *now, *map(shortened, entry.tags), *date) if part)


def _text(entry: Entry) -> str:
    """The text it learns from, with its size where that is known."""
    if entry.corpus:
        return f"{shortened(entry.corpus)}, {size_words(entry.corpus_bytes)}"
    chosen = entry.settings.get("corpus")
    whole = isinstance(chosen, list | tuple) and len(chosen) > 0 and all(isinstance(one, str) for one in chosen)
    return corpus_label(tuple(chosen)) if chosen and whole else ""


def _several(members: Sequence[Entry]) -> Row:
    """Their mean."""
    known = [entry.loss for entry in members if not isnan(entry.loss)]
    steps, curve = _mean_curve(members)
    name, differing = shortened(MOMENT.sub("", members[0].group)), _what_differs(members)
    parts = (f"group of {len(members)}", differing if differing not in name else "", doing(members))
    return Row(
        key=GROUP + members[0].group,
        name=name,
        details=tuple(part for part in parts if part),
        says="",
        loss=number(fmean(known)) if known else UNKNOWN,
        curve_steps=steps,
        curve=curve,
        entries=tuple(members),
    )


def doing(entries: Sequence[Entry]) -> str:
    """Of several, what one of them does."""
    live = [entry for entry in entries if entry.state == "live"]
    return "" if not live else TRAINING if any(entry.plays for entry in live) else WAITING


def _mean_curve(members: Sequence[Entry]) -> tuple[np.ndarray, np.ndarray]:
    """As far as all of them have come."""
    curves = [entry for entry in members if len(entry.curve)]
    if not curves:
        return np.empty(0), np.empty(0)
    reached = min(entry.curve_steps[-1] for entry in curves)
    steps = next(entry.curve_steps for entry in curves if entry.curve_steps[-1] == reached)
    return steps, np.mean([np.interp(steps, entry.curve_steps, entry.curve) for entry in curves], axis=0)


def _what_differs(members: Sequence[Entry]) -> str:
    """Such as "seeds 1 to 5", or the one setting they differ in with its values."""
    names = {name for entry in members for name in entry.settings}
    values = {name: [entry.settings.get(name) for entry in members] for name in sorted(names)}
    differing = {name: some for name, some in values.items() if any(one != some[0] for one in some)}
    if len(differing) != 1:
        return f"{len(differing)} settings differ" if differing else ""
    ((name, some),) = differing.items()
    whole = sorted(one for one in some if isinstance(one, int))
    in_turn = len(whole) == len(members) and whole == list(range(whole[0], whole[0] + len(whole)))
    if name == "seed":
        return f"seeds {whole[0]} to {whole[-1]}" if in_turn else f"{len(set(whole))} seeds"
    told = [shortened(str(one)) for one in sorted(set(map(str, some)))]
    return f"{shortened(name.replace('_', ' '))} {', '.join(told[:MOST_SAID])}{' …' if len(told) > MOST_SAID else ''}"


def shortened(text: str) -> str:
    """As it can be shown: one line, whatever it holds."""
    whole = one_line(text[:LONGEST])
    return whole + "…" if len(text) > LONGEST else whole


def _all_same(some: Sequence[Entry], others: Sequence[Entry]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))
