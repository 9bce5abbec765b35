"""What a person wants to take away: on which paper, with which numbers beside it, and where to. Remembered as JSON."""

from engine.declared import Declared, knob
from engine.trouble import Trouble
from gui.export.numbers.writing import NumberForm
from gui.export.paper import Paper


class Wish(Declared):
    paper: Paper = knob(Paper(), "What it is drawn on")
    numbers: tuple[NumberForm, ...] = knob((), "Files with the numbers behind the figure")
    script: bool = knob(False, "A Python file that draws the figure again with matplotlib alone")
    whole: bool = knob(True, "All numbers, else those in the visible range")
    folder: str = knob("", "Where it was saved last; empty for the person's own folder")

    def on(self, **choices: object) -> "Wish":
        """The same, on a paper that differs in these. Raises Trouble."""
        return self.but(paper=Paper(**{**self.paper.model_dump(), **choices}))

    def but(self, **choices: object) -> "Wish":
        """The same except for these. Raises Trouble."""
        return Wish(**{**{name: getattr(self, name) for name in Wish.model_fields}, **choices})


def remembered(words: str) -> Wish:
    """As `Wish.model_dump_json` wrote it; the usual one where that cannot be read."""
    try:
        return Wish.model_validate_json(words)
    except (ValueError, TypeError, Trouble):
        return Wish()
