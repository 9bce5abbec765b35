"""Little programs in Python, each followed by what it prints: our own interpreter has run them."""

from engine.corpus.world.grammar import grammar
from engine.corpus.world.interpreter import output
from engine.corpus.world.teller import Teller

PROGRAMS = (2, 5)  # in a document, fewest and most


class Programs(Teller):
    """Documents of several programs. Each line printed stands as a comment below, so a document is a program, too."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(grammar("programs"), seed)

    def document(self) -> str:
        """Some programs, in no order."""
        return "\n\n".join(self._program() for _ in range(self.number(*PROGRAMS)))

    def _program(self) -> str:
        plot = self.one(self.grammar.plots)
        program = "\n".join(self.scenes(plot, self.cast(plot)))
        return "\n".join([program, *(f"# {line}" for line in output(program))])
