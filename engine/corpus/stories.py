"""The built-in stories: a small grammar whose words and plots are text files, so that a teacher can add to them.

A story is one plot, told scene by scene. Who and what it is about is cast once and then kept: the key that was lost is
the key that is found, so a model has something to learn that reaches farther than the next few words.
`assets/corpora/stories/README.md` describes the files.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from random import Random
from typing import NamedTuple, TypeVar

T = TypeVar("T")
SLOT = re.compile(r"\{(\w+)(?:([.?])(\w+))?\}")
MARKS = re.compile(r"\{[^}]*\}|[\[\]|]|[^\[\]|{}]+")


class Slot(NamedTuple):
    """A place for a word: `{hero}`, `{hero.their}`, or `{weather?later}`, which is left out if none is cast yet."""

    role: str
    form: str  # "" is the thing's name
    capital: bool
    known: bool  # only if it was spoken of before


Options = tuple[tuple["str | Slot | Options", ...], ...]  # any one of them will do
Thing = dict[str, Options]  # its forms: {"": "Mira", "they": "she", …}


class Plot(NamedTuple):
    """What happens: each scene is told in one of several ways."""

    title: str
    given: dict[str, tuple[str, ...]]  # role: names of the things it may be cast with
    scenes: tuple[Options, ...]


class Grammar(NamedTuple):
    """All that the files say."""

    banks: dict[str, list[Thing]]
    roles: dict[str, str]  # a role is cast once a story, from this bank; other banks give a new word each time
    plots: list[Plot]


def parse(text: str) -> Options:
    """`A [small|big] {animal}` as alternatives of words, slots and further alternatives."""
    return _options(iter(MARKS.findall(text)))


def _options(marks: Iterator[str]) -> Options:
    options: list[list[str | Slot | Options]] = [[]]
    for mark in marks:
        match mark[0]:
            case "]":
                break
            case "[":
                options[-1].append(_options(marks))
            case "|":
                options.append([])
            case "{":
                options[-1].append(_slot(mark))
            case _:
                options[-1].append(mark)
    return tuple(tuple(option) for option in options)


def _slot(mark: str) -> Slot:
    found = SLOT.fullmatch(mark)
    if not found:
        raise ValueError(f"{mark} is no slot")
    role, sign, form = found[1], found[2], found[3] or ""
    return Slot(role.lower(), form.lower(), role[0].isupper() or form[:1].isupper(), sign == "?")


@cache
def grammar() -> Grammar:
    """What the files in assets say, read once."""
    found = Grammar({}, {}, [])
    for name, text in _texts().items():
        if name.startswith("plots"):
            found.plots.extend(_plot(part) for part in text.split("# ")[1:])
        else:
            for part in text.split("## ")[1:]:
                _add_bank(found, part)
    return found


def fingerprint() -> str:
    """Changes when a word of the grammar does."""
    return blake2b(repr(_texts()).encode(), digest_size=8).hexdigest()


def _texts() -> dict[str, str]:
    folder = files("assets") / "corpora" / "stories"
    found = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".txt")}
    return {name: found[name] for name in sorted(found) if name != "LICENSE.txt"}


def _plot(text: str) -> Plot:
    head, *scenes = text.strip().split("\n\n")
    title, *given = head.split("\n")
    cast = {role: tuple(names.split(" / ")) for role, _, names in (line.partition(" = ") for line in given)}
    told = [tuple(option for line in scene.split("\n") for option in parse(line)) for scene in scenes]
    return Plot(title, cast, tuple(told))


def _add_bank(to: Grammar, text: str) -> None:
    head, *blocks = text.strip().split("\n\n")
    bank, _, roles = head.partition(" as ")
    to.roles.update(dict.fromkeys(roles.split(", "), bank) if roles else {})
    things = to.banks[bank] = []
    for block in blocks:
        names, *lines = block.split("\n")
        forms = dict(line.split(": ", 1) for line in lines)
        shared = {form: parse(says) for form, says in forms.items() if form != "like"}
        if "like" in forms:
            shared |= next(thing for thing in to.banks["pronouns"] if thing["they"] == parse(forms["like"]))
        for name in names.split(" / "):
            article = "an" if name[0] in "aeiou" else "a"
            things.append({"a": parse(f"{article} {name}"), **shared, "": parse(name)})


class Teller:
    """Tells one story after another; the same seed tells the same ones."""

    def __init__(self, seed: int = 0) -> None:
        self._grammar = grammar()
        self._chance = Random(seed).random

    def story(self) -> str:
        """One story, a paragraph for each scene."""
        plot = self._one(self._grammar.plots)
        cast: dict[str, Thing] = {}
        for role, names in plot.given.items():
            wanted = parse(self._one(names))
            cast[role] = next(thing for thing in self._grammar.banks[self._grammar.roles[role]] if thing[""] == wanted)
        paragraphs = []
        for scene in plot.scenes:
            words: list[str] = []
            self._tell(scene, cast, words)
            paragraphs.append("".join(words).replace("  ", " ").strip())
        return "\n".join(paragraphs)

    def _one(self, choices: Sequence[T]) -> T:
        return choices[int(self._chance() * len(choices))]

    def _tell(self, options: Options, cast: dict[str, Thing], words: list[str]) -> None:
        for part in self._one(options):
            if isinstance(part, str):
                words.append(part)
            elif not isinstance(part, Slot):
                self._tell(part, cast, words)
            elif not part.known or part.role in cast:
                start = len(words)
                self._tell(self._cast(part.role, cast)[part.form], cast, words)
                if part.capital:
                    words[start] = words[start][0].upper() + words[start][1:]

    def _cast(self, role: str, cast: dict[str, Thing]) -> Thing:
        bank = self._grammar.roles.get(role)
        if bank is None:
            return self._one(self._grammar.banks[role])
        while role not in cast:
            thing = self._one(self._grammar.banks[bank])
            # two friends are two people
            if not any(thing is other for other in cast.values()):
                cast[role] = thing
        return cast[role]


def stories(megabytes: float, seed: int = 0) -> Iterator[str]:
    """Stories of 60 to 250 words until together they are so large (10^6 bytes)."""
    teller, room = Teller(seed), megabytes * 1e6
    while room > 0:
        story = teller.story()
        room -= len(story.encode())
        yield story
