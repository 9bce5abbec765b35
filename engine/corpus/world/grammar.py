"""The rules of the world, as its text files state them: banks of words, and plots that are told with them.

`assets/corpora/README.md` describes the files, so that a teacher can add to them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import log
from typing import NamedTuple

SLOT = re.compile(r"\{(\w+)(?:([.?])(\w+))?\}")
MARKS = re.compile(r"\\.|\{[^}]*\}|[\[\]|]|[^\\\[\]|{}]+", re.DOTALL)
NUMBER = re.compile(r"(.+) to (.+)")


class Slot(NamedTuple):
    """A place for a word: `{hero}`, `{hero.their}`, or `{weather?later}`, which is left out if none is cast yet."""

    role: str
    form: str  # "" is the thing's name
    capital: bool
    known: bool  # only if it was spoken of before


Way = tuple["str | Slot | Options", ...]


class Options(NamedTuple):
    """Ways to say something; any one of them will do, each as likely as the others."""

    ways: tuple[Way, ...]
    nats: tuple[float, ...]  # what each tells: −ln of its chance, the same way written twice being one
    plain: str | None  # if there is nothing to choose or to fill in


Thing = dict[str, Options]  # its forms: {"": "Mira", "they": "she", …}


class Plot(NamedTuple):
    """What happens: each scene is told in one of several ways."""

    title: str
    given: dict[str, str]  # role: how it is cast before the telling
    scenes: tuple[Options, ...]


class Grammar(NamedTuple):
    """All that the files say."""

    banks: dict[str, list[Thing]]
    roles: dict[str, str]  # a role is cast once a story, from this bank; other banks give a new word each time
    plots: list[Plot]


def options(ways: Iterable[Sequence["str | Slot | Options"]]) -> Options:
    """The ways with what each of them tells."""
    found = tuple(tuple(way) for way in ways)
    nats = tuple(log(len(found) / found.count(way)) for way in found)
    texts = [part for way in found for part in way if isinstance(part, str)]
    plain = len(found) == 1 and len(texts) == len(found[0])
    return Options(found, nats, "".join(texts) if plain else None)


def word(text: str) -> Options:
    """What can be said in one way only."""
    return Options(((text,),), (0.0,), text)


def parse(text: str) -> Options:
    r"""`A [small|big] {animal}` as alternatives of words, slots and further alternatives; `\[` is a bracket."""
    return _parsed(iter(MARKS.findall(text)))


def _parsed(marks: Iterator[str]) -> Options:
    ways: list[list[str | Slot | Options]] = [[]]
    for mark in marks:
        match mark[0]:
            case "]":
                break
            case "[":
                ways[-1].append(_parsed(marks))
            case "|":
                ways.append([])
            case "{":
                ways[-1].append(_slot(mark))
            case "\\":
                ways[-1].append(mark[1:])
            case _:
                ways[-1].append(mark)
    return options(ways)


def _slot(mark: str) -> Slot:
    found = SLOT.fullmatch(mark)
    if not found:
        raise ValueError(f"{mark} is no slot")
    role, sign, form = found[1], found[2], found[3] or ""
    return Slot(role.lower(), form.lower(), role[0].isupper() or form[:1].isupper(), sign == "?")


@cache
def grammar(*folders: str) -> Grammar:
    """What the files in these folders of assets/corpora say, read once."""
    found = Grammar({}, {}, [])
    for name, text in texts(*folders).items():
        if name.partition("/")[2].startswith("plots"):
            found.plots.extend(_plot(part) for part in text.split("\n# ")[1:])
        else:
            for part in text.split("\n## ")[1:]:
                _add_bank(found, part)
    return found


def texts(*folders: str) -> dict[str, str]:
    """The files of these folders by "folder/name", each after a line's end, so that every heading follows one."""
    found = {}
    for folder in folders:
        for entry in (files("assets") / "corpora" / folder).iterdir():
            if entry.name.endswith(".txt") and entry.name != "LICENSE.txt":
                found[f"{folder}/{entry.name}"] = "\n" + entry.read_text("utf-8")
    return {name: found[name] for name in sorted(found)}


def _plot(text: str) -> Plot:
    """A scene whose lines go on in further lines, as a program does, is one way: it begins with a line `|`."""
    head, *scenes = text.strip().split("\n\n")
    title, *given = head.split("\n")
    cast = {role: wanted for role, _, wanted in (line.partition(" = ") for line in given)}
    return Plot(title, cast, tuple(_scene(scene) for scene in scenes))


def _scene(text: str) -> Options:
    if text.startswith("|\n"):
        return options(parse(way).ways[0] for way in text[2:].split("\n|\n"))
    return options(way for line in text.split("\n") for way in parse(line).ways)


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
