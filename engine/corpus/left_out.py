"""Why one file of many is left out; when it is the only one, that is trouble."""

from engine.corpus.notes import Notes
from engine.trouble import Trouble


class LeftOut(Exception):
    """`LeftOut("encrypted", …)`: "notes.pdf is encrypted." or "3 files are encrypted and left out."."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice

    def note(self, notes: Notes) -> None:
        """Of one of many files."""
        notes.add("file", "files", f"{self.what} and left out")

    def trouble(self, name: str) -> Trouble:
        """Of the only file."""
        return Trouble(f"{name} is {self.what}.", self.advice)


def binary() -> LeftOut:
    """For what is neither text nor of a kind that is known here."""
    return LeftOut("no text but binary", "Save it as plain text (UTF-8), or choose another.")


def damaged() -> LeftOut:
    """For what breaks off or makes no sense before any text is found."""
    return LeftOut("damaged", "Get it once more where it came from, or choose another.")


def missing(what: str, extra: str) -> LeftOut:
    """For what needs a package that is not installed."""
    advice = f'Install what is missing: pip install "lm-terrarium[{extra}]"'
    return LeftOut(f"{what}, which cannot be read yet (lm-terrarium[{extra}] is not installed)", advice)
