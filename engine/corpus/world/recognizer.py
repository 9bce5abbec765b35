"""Finds every way in which the grammar could have told a text, and adds up their chances.

What a teller counts is one way only; the difference shows how far its count lies above the true information content.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import exp
from typing import NamedTuple

from engine.corpus.world.grammar import NUMBER, Grammar, Options, Plot, Slot, Thing, Way, parse, word
from engine.corpus.world.interpreter import value
from engine.corpus.world.teller import Cast

DIGITS = re.compile(r"-?\d+")


class State(NamedTuple):
    """How a text may have been told so far."""

    at: int  # characters that are explained
    cast: Cast
    chance: float


class Recognizer:
    """The way back from a text to the choices that made it."""

    def __init__(self, grammar: Grammar, prose: bool = True) -> None:
        self.grammar = grammar
        self._prose = prose  # a space may be missing where a word was left out
        self._numbers: frozenset[str] = frozenset()

    def plot(self, plot: Plot, scenes: Sequence[str], cast: Cast) -> float:
        """The chance that the plot is told so."""
        if len(scenes) != len(plot.scenes):
            return 0.0
        self._numbers = frozenset(role for role in plot.given if role not in self.grammar.roles)
        states = [State(0, known, 1.0) for known in self._given(plot, cast)]
        chance = 1.0 / len(states)
        for options, text in zip(plot.scenes, scenes, strict=True):
            states = self.told(options, text, states)
        return chance * sum(state.chance * self._numbers_fit(plot, state.cast) for state in states)

    def told(self, options: Options, text: str, states: Iterable[State]) -> list[State]:
        """What the states become if one of the ways gives this text, the same casts taken together."""
        room = f"{text} " if self._prose else text
        merged: dict[frozenset[tuple[str, int]], State] = {}
        for before in states:
            for state in self._options(options, room, before._replace(at=0), capital=False):
                if state.at >= len(text):
                    same = frozenset((role, id(thing)) for role, thing in state.cast.items())
                    known = merged.get(same)
                    merged[same] = state._replace(chance=state.chance + (known.chance if known else 0.0))
        return list(merged.values())

    def _given(self, plot: Plot, cast: Cast) -> list[Cast]:
        found = [dict(cast)]
        for role, wanted in plot.given.items():
            if role not in self._numbers:
                things = self.grammar.banks[self.grammar.roles[role]]
                names = [parse(name) for name in wanted.split(" / ")]
                given = [next(thing for thing in things if thing[""] == name) for name in names]
                found = [{**known, role: thing} for known in found for thing in given]
        return found

    def _numbers_fit(self, plot: Plot, cast: Cast) -> float:
        """1 over how many numbers there were to choose from; 0 if these are none of them."""
        numbers = {role: int(thing[""].plain or "") for role, thing in cast.items() if role in self._numbers}
        chance = 1.0
        for role in (role for role in plot.given if role in self._numbers):
            if limits := NUMBER.fullmatch(plot.given[role]):
                low, high = (value(limit, numbers) for limit in limits.groups())
                chance *= (low <= numbers[role] <= high) / max(1, high - low + 1)
            else:
                worth = value(plot.given[role], numbers)
                chance *= numbers.setdefault(role, worth) == worth
        return chance

    def _options(self, options: Options, text: str, state: State, capital: bool) -> Iterator[State]:
        for way, nats in dict(zip(options.ways, options.nats, strict=True)).items():
            yield from self._way(way, text, state._replace(chance=state.chance * exp(-nats)), capital)

    def _way(self, way: Way, text: str, state: State, capital: bool) -> Iterator[State]:
        if not way:
            yield state
            return
        for after in self._part(way[0], text, state, capital):
            yield from self._way(way[1:], text, after, capital=False)

    def _part(self, part: str | Slot | Options, text: str, state: State, capital: bool) -> Iterator[State]:
        if isinstance(part, str):
            yield from self._literal(part, text, state, capital)
        elif isinstance(part, Options):
            yield from self._options(part, text, state, capital)
        elif part.role in self._numbers and part.role not in state.cast:
            yield from self._number(part.role, text, state)
        elif part.known and part.role not in state.cast:
            yield state
        else:
            for thing, after in self._things(part, text, state):
                yield from self._options(thing[part.form], text, after, capital or part.capital)

    def _literal(self, part: str, text: str, state: State, capital: bool) -> Iterator[State]:
        at = state.at
        said = part[0].upper() + part[1:] if capital else part
        if self._prose and (at == 0 or text[at - 1] == " "):
            said = said.lstrip(" ")
        if text.startswith(said, at):
            yield state._replace(at=at + len(said))

    def _number(self, role: str, text: str, state: State) -> Iterator[State]:
        if found := DIGITS.match(text, state.at):
            yield State(found.end(), {**state.cast, role: {"": word(found[0])}}, state.chance)

    def _things(self, slot: Slot, text: str, state: State) -> Iterator[tuple[Thing, State]]:
        """Whoever may have the role, and what is known then."""
        if slot.role in state.cast:
            yield state.cast[slot.role], state
            return
        bank, kept = self.grammar.roles.get(slot.role, slot.role), slot.role in self.grammar.roles
        taken = [thing for role, thing in state.cast.items() if kept and self.grammar.roles.get(role) == bank]
        things = self.grammar.banks[bank]
        chance = state.chance / (len(things) - len(taken))
        for thing in things:
            plain = thing[slot.form].plain or ""  # but for a capital it must stand there
            if text.startswith(plain[1:], state.at + 1) and not any(thing is other for other in taken):
                yield thing, State(state.at, {**state.cast, slot.role: thing} if kept else state.cast, chance)
