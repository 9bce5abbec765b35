"""What should be known before two lines are compared, one quiet sentence each. Knows no Qt."""

from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from engine.events import CorpusRead, Started
from engine.recording import Recording
from gui.shown import Shown
from gui.text import one_line
from gui.widgets.comparable import Loss, cut_of, text_of
from gui.widgets.loss_unit import measure
from gui.widgets.overlay_along import TITLES, estimated
from gui.widgets.overlay_courses import KINDS, Choice, Course

ALONE = "Tick a run in the library to lay it over this one."
MOST_NAMES = 2


class Data(NamedTuple):
    """What a loss has to have in common with another one to be compared; None where it is not known."""

    cut: object = None  # equal for runs with the same tokens
    text: object = None  # equal for runs with the same text


class KnownData:
    """Of several runs; asked for with every frame, worked out when it has changed."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Recording, tuple[object, Data]] = WeakKeyDictionary()

    def of(self, recording: Recording, loss: Loss) -> Data:
        """Of the text that the loss is about."""
        stamp = recording.stamp((CorpusRead, Started)), loss
        known = self._known.get(recording)
        if known is None or known[0] != stamp:
            cut = cut_of(recording)
            made = Data(hash(cut) if cut else None, text_of(recording, loss))
            known = self._known[recording] = stamp, made
        return known[1]


def notes(runs: Sequence[Shown], courses: Sequence[Course], choice: Choice, known: KnownData) -> tuple[str, ...]:
    """What is missing, what cannot be compared, and what is an estimate; with one run alone, what to do."""
    if len(runs) == 1 and len(courses[0].x):
        return *_missing(runs, courses, choice), *_estimates(runs, choice), ALONE
    return *_missing(runs, courses, choice), *_unlike(runs, choice, known), *_estimates(runs, choice)


def _missing(runs: Sequence[Shown], courses: Sequence[Course], choice: Choice) -> list[str]:
    """Runs that have steps and yet no line."""
    gone = [run for run, course in zip(runs, courses, strict=True) if not len(course.x)]
    gone = [run for run in gone if run.recording.count(KINDS[choice.loss])]
    unknown = [run for run in gone if measure(run.recording, choice.unit).unit != choice.unit]
    nowhere = [run for run in gone if run not in unknown]
    what = {"energy": "energy", "seconds": "time"}.get(choice.axis, TITLES[choice.axis])
    made = [f"Not known of {names(unknown)}: bytes of the text."] if unknown else []
    return [*made, f"Not known of {names(nowhere)}: {what}."] if nowhere else made


def _unlike(runs: Sequence[Shown], choice: Choice, known: KnownData) -> list[str]:
    """Against the first run; what is not known is not held against anyone. Another text compares in no unit."""
    first, *rest = ((run, known.of(run.recording, choice.loss)) for run in runs)
    texts = [run for run, one in rest if one.text and first[1].text and one.text != first[1].text]
    cuts = [run for run, one in rest if one.cut and first[1].cut and one.cut != first[1].cut and run not in texts]
    made = [f"{names(texts)} read another text than {names([first[0]])}."] if texts else []
    if cuts and choice.unit == "nats per token":
        made.append(f"{names(cuts)} cut text into other tokens: bits per byte compare them.")
    return made


def _estimates(runs: Sequence[Shown], choice: Choice) -> list[str]:
    guessed = [run for run in runs if estimated(run.recording)] if choice.axis == "energy" else []
    if not guessed:
        return []
    return ["The energy is an estimate." if len(guessed) == len(runs) else f"Estimated energy: {names(guessed)}."]


def names(runs: Sequence[Shown]) -> str:
    """The first of them, and how many more."""
    told = [one_line(run.name) for run in runs[:MOST_NAMES]]
    more = len(runs) - len(told)
    return f"{', '.join(told)} and {more:,} more" if more else " and ".join(told)
