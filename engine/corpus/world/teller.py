"""Tells what the grammar allows, and keeps count of how much each telling says to whoever knows the rules.

Every choice adds −ln of its chance to `nats`. A draw that is rejected because the thing has a part already counts
as a draw among the others. Where two derivations give the same text the sum is slightly more than the text says.
"""

from collections.abc import Sequence
from math import log
from random import Random
from typing import TypeVar

from engine.corpus.world.grammar import NUMBER, Grammar, Options, Plot, Slot, Thing, parse, word
from engine.corpus.world.interpreter import value

T = TypeVar("T")
Cast = dict[str, Thing]


class Teller:
    """The same seed tells the same."""

    def __init__(self, grammar: Grammar, seed: int = 0) -> None:
        self.grammar = grammar
        self.chance = Random(seed).random
        self.nats = 0.0  # of all choices since it was last set to 0
        self._bank_nats = {bank: [log(len(ts) / ts.count(t)) for t in ts] for bank, ts in grammar.banks.items()}

    def one(self, choices: Sequence[T]) -> T:
        """Any of them."""
        self.nats += log(len(choices))
        return choices[int(self.chance() * len(choices))]

    def number(self, low: int, high: int) -> int:
        """Any whole number from low to high."""
        self.nats += log(high - low + 1)
        return low + int(self.chance() * (high - low + 1))

    def cast(self, plot: Plot) -> Cast:
        """Whom and what the plot gives a role before it is told."""
        cast: Cast = {}
        numbers: dict[str, int] = {}
        for role, wanted in plot.given.items():
            if role in self.grammar.roles:
                name = parse(self.one(wanted.split(" / ")))
                things = self.grammar.banks[self.grammar.roles[role]]
                cast[role] = next(thing for thing in things if thing[""] == name)
            else:
                numbers[role] = self._number(wanted, numbers)
                cast[role] = {"": word(str(numbers[role]))}
        return cast

    def _number(self, wanted: str, numbers: dict[str, int]) -> int:
        if limits := NUMBER.fullmatch(wanted):
            return self.number(value(limits[1], numbers), value(limits[2], numbers))
        return value(wanted, numbers)

    def scenes(self, plot: Plot, cast: Cast) -> list[str]:
        """Each scene in one of its ways."""
        told = []
        for scene in plot.scenes:
            words: list[str] = []
            self.tell(scene, cast, words)
            told.append("".join(words))
        return told

    def tell(self, options: Options, cast: Cast, words: list[str]) -> None:
        """Adds one of the ways to `words`, and to `cast` whoever enters."""
        pick = int(self.chance() * len(options.ways)) if len(options.ways) > 1 else 0
        self.nats += options.nats[pick]
        for part in options.ways[pick]:
            if type(part) is str:
                words.append(part)
            elif type(part) is Options:
                self.tell(part, cast, words)
            elif type(part) is Slot and (not part.known or part.role in cast):
                self._fill(part, cast, words)

    def _fill(self, slot: Slot, cast: Cast, words: list[str]) -> None:
        says = (cast.get(slot.role) or self.enters(slot.role, cast))[slot.form]
        start = len(words)
        if says.plain is None:
            self.tell(says, cast, words)
        else:
            words.append(says.plain)
        if slot.capital:
            words[start] = words[start][0].upper() + words[start][1:]

    def enters(self, role: str, cast: Cast) -> Thing:
        """Whoever or whatever takes the role: one who has no other part, or any word of a mere bank."""
        bank = self.grammar.roles.get(role)
        if bank is None:
            pick = int(self.chance() * len(self._bank_nats[role]))
            self.nats += self._bank_nats[role][pick]
            return self.grammar.banks[role][pick]
        things = self.grammar.banks[bank]
        taken = [cast[other] for other in cast if self.grammar.roles.get(other) == bank]
        thing = things[int(self.chance() * len(things))]
        # two friends are two people
        while taken and any(thing is other for other in taken):
            thing = things[int(self.chance() * len(things))]
        self.nats += log(len(things) - len(taken))
        cast[role] = thing
        return thing


def prose(scenes: Sequence[str]) -> str:
    """A paragraph for each scene; where a word was left out its space is, too."""
    return "\n".join(scene.replace("  ", " ").strip() for scene in scenes)
