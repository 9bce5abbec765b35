"""The same sentences in English, German and French: sentence number k means the same in each.

A sentence is a triple of patterns. Whom and what it is about is cast first, the roles in the order of the alphabet, so
that a choice is made in the same way whichever language is spoken.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from engine.corpus.world.agreement import Adjective, Noun, phrase
from engine.corpus.world.grammar import Grammar, Options, Slot, Thing, parse, texts, word
from engine.corpus.world.teller import Cast, Teller, prose

LANGUAGES = ("english", "german", "french")
SENTENCES = (4, 10)  # in a document, fewest and most


class Sentence(NamedTuple):
    """What it is about and how it is said."""

    roles: tuple[str, ...]  # sorted
    said: tuple[Options, ...]  # in the order of LANGUAGES


class Languages(Teller):
    """Documents of several sentences in one language, one a line."""

    def __init__(self, language: str, seed: int = 0) -> None:
        super().__init__(words(), seed)
        self._place = LANGUAGES.index(language)

    def document(self) -> str:
        """Some sentences, in no order."""
        return prose([self._sentence() for _ in range(self.number(*SENTENCES))])

    def _sentence(self) -> str:
        sentence, cast, said = self.one(sentences()), Cast(), list[str]()
        for role in sentence.roles:
            self.enters(role, cast)
        self.tell(sentence.said[self._place], cast, said)
        return "".join(said)


@cache
def sentences() -> tuple[Sentence, ...]:
    """All patterns."""
    blocks = texts("languages")["languages/sentences.txt"].strip().split("\n\n")
    said = [tuple(parse(line) for line in block.split("\n")) for block in blocks]
    return tuple(Sentence(tuple(sorted(set(_roles(each[0])))), each) for each in said)


def _roles(said: Options) -> Iterator[str]:
    return (part.role for way in said.ways for part in way if isinstance(part, Slot))


@cache
def words() -> Grammar:
    """The banks; one of nouns that go `with` adjectives has a second, whose name and roles begin with `fine_`."""
    found = Grammar({}, {}, [])
    adjectives: dict[str, list[Adjective]] = {}
    blocks = (block.strip().split("\n") for block in texts("languages")["languages/words.txt"].split("\n## ")[1:])
    for head, names, *rows in blocks:
        title, _, roles = head.partition(" as ")
        bank, _, liked = title.partition(" with ")
        if names == "adjective":
            adjectives[bank] = [Adjective(*row.split(" | ")) for row in rows]
        elif names == "noun":
            nouns = [Noun(*row.split(" | ")) for row in rows]
            _add(found, bank, roles, "", [phrase(noun) for noun in nouns])
            _add(found, bank, roles, "fine_", [phrase(*pair) for pair in product(nouns, adjectives[liked])])
        else:
            _add(found, bank, roles, "", [_row(names, row) for row in rows])
    return found


def _add(to: Grammar, bank: str, roles: str, prefix: str, things: list[dict[str, str]]) -> None:
    to.banks[prefix + bank] = [_thing(forms) for forms in things]
    to.roles.update({prefix + role: prefix + bank for role in roles.split(", ")})


def _thing(forms: dict[str, str]) -> Thing:
    return {form: word(text) for form, text in forms.items()}


def _row(names: str, row: str) -> dict[str, str]:
    """Its columns by their names; the first is also what it is called without one."""
    columns = [cell for part in row.split(" | ") for cell in part.split(", ")]
    named = [name for part in names.split(" | ") for name in part.split(", ")]
    return {"": columns[0], **dict(zip(named, columns, strict=True))}
