"""Where runs on show left another one, and what was changed there, in words. Knows no Qt."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.events import Branched
from gui.shown import Shown
from gui.widgets.overlay_courses import fork_of
from gui.widgets.run_columns import Column
from gui.widgets.setting_words import label_of, whole, worded

MOST_VALUES = 4  # of one setting, of a group of runs
UNCHANGED = "Nothing changed"


class Branch(NamedTuple):
    """One line that begins at a fork."""

    place: int  # decides its line
    words: str  # "Peak learning rate 1.0e-3 → 3.0e-3"


class Fork(NamedTuple):
    step: int
    branches: tuple[Branch, ...]

    @property
    def headline(self) -> str:
        return f"Fork at step {self.step:,}"


def forks(columns: Sequence[Column], runs: Sequence[Shown]) -> tuple[Fork, ...]:
    """By step; the branches of each in the order of their lines."""
    found: dict[int, list[Branch]] = {}
    for column in columns:
        step = fork_step(column, runs)
        if step is not None:
            found.setdefault(step, []).append(Branch(column.place, change_words(column, runs)))
    return tuple(Fork(step, tuple(found[step])) for step in sorted(found))


def fork_step(column: Column, runs: Sequence[Shown]) -> int | None:
    """Where all of its runs left another one together; None where they did not."""
    left = [fork_of(run, runs) for run in column.runs]
    steps = {branched.step if branched else None for branched in left}
    return steps.pop() if len(steps) == 1 else None


def change_words(column: Column, runs: Sequence[Shown]) -> str:
    """Each setting with its old value and its new ones, as the form has them."""
    changes = [changed(run, runs) for run in column.runs]
    names = dict.fromkeys(name for change in changes for name in change)
    return ", ".join(_one_change(name, changes) for name in names) or UNCHANGED


def _one_change(name: str, changes: Sequence[Mapping[str, tuple[Any, Any]]]) -> str:
    was = next(change[name][0] for change in changes if name in change)
    now = list(dict.fromkeys(worded(name, change[name][1] if name in change else was) for change in changes))
    rest = ", …" if len(now) > MOST_VALUES else ""
    return f"{label_of(name)} {worded(name, was)} → {', '.join(now[:MOST_VALUES])}{rest}"


def changed(run: Shown, runs: Sequence[Shown]) -> dict[str, tuple[Any, Any]]:
    """What differs from the run on show that it left, over all branches in between: values then and now."""
    left = fork_of(run, runs)
    made: dict[str, tuple[Any, Any]] = {}
    for branched in run.recording.all(Branched):
        if left and branched.step >= left.step:
            for name, now in branched.now.items():
                made[name] = made.get(name, (branched.was.get(name), None))[0], now
    return {name: values for name, values in made.items() if whole(values[0]) != whole(values[1])}
