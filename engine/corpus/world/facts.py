"""Facts about the people and hamlets of the village, of which some are said often and some hardly ever.

The table is drawn once, from a seed of its own; then fact number r is said with a chance in proportion to r to the
power of minus `zipf` (assets/corpora/facts/exposures.txt), so that what is often read can be compared with what is not.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import log
from random import Random
from typing import NamedTuple

from engine.corpus.world.grammar import Grammar, Options, Plot, Slot, grammar, options, texts
from engine.corpus.world.teller import Cast, Teller, prose

SEED = 1  # of the table
STATEMENTS = (5, 12)  # in a document, fewest and most


class Fact(NamedTuple):
    """One thing that is so: `cue` + `answer` is its first telling, "Adela works as" + " a potter"."""

    subject: str
    relation: str
    cue: str
    answer: str
    chance: float  # that a statement is about it
    plot: Plot  # how it can be said
    cast: Cast  # whom it is about and what is said of them, by role


@cache
def table() -> tuple[Fact, ...]:
    """All facts, the most often told first."""
    teller, random = Teller(grammar("facts")), Random(SEED)
    pairs = [(plot, cast) for plot in teller.grammar.plots for cast in _casts(plot, teller.grammar, random)]
    random.shuffle(pairs)
    weights = [rank ** -_zipf() for rank in range(1, len(pairs) + 1)]
    whole = sum(weights)
    return tuple(_fact(teller, *pair, weight / whole) for pair, weight in zip(pairs, weights, strict=True))


def _zipf() -> float:
    return float(texts("facts")["facts/exposures.txt"].split(":")[1])


def _casts(plot: Plot, known: Grammar, random: Random) -> Iterator[Cast]:
    """Everyone whom the plot may be about, each with a thing of their own."""
    subject, relation = plot.title.split()
    for thing in known.banks[known.roles[subject]]:
        others = [other for other in known.banks[known.roles[relation]] if other is not thing]
        yield {subject: thing, relation: random.choice(others)}


def _fact(teller: Teller, plot: Plot, cast: Cast, chance: float) -> Fact:
    """The first way ends in the answer and a full stop."""
    subject, relation = plot.title.split()
    *cue, _, _ = way = plot.scenes[0].ways[0]
    told = [_said(teller, parts, cast) for parts in (cue, way)]
    before = told[0].rstrip()
    return Fact(cast[subject][""].plain or "", relation, before, told[1][len(before) : -1], chance, plot, cast)


def _said(teller: Teller, way: Sequence[str | Slot | Options], cast: Cast) -> str:
    words: list[str] = []
    teller.tell(options([way]), dict(cast), words)
    return "".join(words)


class Knowing(Teller):
    """Knows the facts, and says each as often as it is due."""

    def __init__(self, *folders: str, seed: int = 0) -> None:
        super().__init__(grammar(*folders), seed)
        self.exposures: Counter[int] = Counter()  # so far, of the facts by their place in the table
        self._up_to = list(accumulate(fact.chance for fact in table()))

    def fact(self) -> Fact:
        """One to speak about."""
        number = min(bisect(self._up_to, self.chance()), len(self._up_to) - 1)
        fact = table()[number]
        self.nats -= log(fact.chance)
        self.exposures[number] += 1
        return fact


class Facts(Knowing):
    """Documents that state facts, one a line."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__("facts", seed=seed)

    def document(self) -> str:
        """Some statements, in no order."""
        facts = [self.fact() for _ in range(self.number(*STATEMENTS))]
        return prose([scene for fact in facts for scene in self.scenes(fact.plot, dict(fact.cast))])


def exposures(megabytes: float) -> list[int]:
    """How often each fact of the table is told in so much of the built-in facts, held-out documents included."""
    teller, size = Facts(), 0
    while size < megabytes * 1e6:
        size += len(teller.document().encode())
    return [teller.exposures[number] for number in range(len(table()))]
