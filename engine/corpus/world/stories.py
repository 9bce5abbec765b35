"""Stories: one plot each, told scene by scene. Who and what it is about is cast once and then kept.

The key that was lost is the key that is found, so a model has something to learn that reaches farther than the next
few words.
"""

from engine.corpus.world.grammar import grammar
from engine.corpus.world.teller import Teller, prose


class Stories(Teller):
    """Stories of 60 to 250 words."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(grammar("stories"), seed)

    def document(self) -> str:
        """One story, a paragraph for each scene."""
        plot = self.one(self.grammar.plots)
        return prose(self.scenes(plot, self.cast(plot)))
