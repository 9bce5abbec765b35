"""Sums and what they come to, as figures and in words."""

from engine.corpus.world.grammar import grammar
from engine.corpus.world.teller import Teller, prose

EXERCISES = (4, 10)  # in a document, fewest and most


class Arithmetic(Teller):
    """Documents of several exercises, one a line, so that hardly two are equal."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(grammar("arithmetic"), seed)

    def document(self) -> str:
        """Some exercises, in no order."""
        plots = [self.one(self.grammar.plots) for _ in range(self.number(*EXERCISES))]
        return prose([scene for plot in plots for scene in self.scenes(plot, self.cast(plot))])
