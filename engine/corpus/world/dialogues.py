"""Talks of two children about the village: they greet, ask and answer, and part. What they answer is so."""

from engine.corpus.world.facts import Knowing
from engine.corpus.world.grammar import grammar
from engine.corpus.world.teller import Cast, prose

QUESTIONS = (2, 6)  # in a document, fewest and most


class Dialogues(Knowing):
    """Documents of one talk each; a question is about a fact, as often as that fact is due."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__("facts", "dialogues", seed=seed)
        self._plots = {plot.title: plot for plot in grammar("dialogues").plots}

    def document(self) -> str:
        """One talk, a line for each time somebody speaks."""
        talkers: Cast = {}
        for role in ("asker", "teller"):
            self.enters(role, talkers)
        lines = self._spoken("opening", talkers)
        for _ in range(self.number(*QUESTIONS)):
            lines += self._exchange(talkers)
        return prose(lines + self._spoken("closing", talkers))

    def _exchange(self, talkers: Cast) -> list[str]:
        """Either of them asks."""
        asker, teller = self.one((("asker", "teller"), ("teller", "asker")))
        fact = self.fact()
        return self._spoken(fact.plot.title, {**fact.cast, "asker": talkers[asker], "teller": talkers[teller]})

    def _spoken(self, title: str, cast: Cast) -> list[str]:
        """What is said in turn, first by the asker."""
        names = (cast[role][""].plain for role in ("asker", "teller"))
        said = self.scenes(self._plots[title], dict(cast))
        return [f"{name}: {line}" for name, line in zip(names, said, strict=True)]
