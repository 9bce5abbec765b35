"""Which settings differ between runs: as chosen, as changed where a run branched off, and as turned while it ran."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.declared import Knob, knobs
from engine.events import Branched, Started, Turned
from engine.settings import Settings
from gui.shown import Shown
from gui.widgets.loss_marks import turned_by_hand
from gui.widgets.run_columns import SEED, Column
from gui.widgets.setting_words import whole, worded

UNKNOWN = "–"
KNOBS = tuple(knobs(Settings))


class Held(NamedTuple):
    """What one setting is of one run, at the step on show."""

    value: Any
    turnings: tuple[Turned, ...]  # all of the run, later ones too
    step: int  # the step on show

    @property
    def signature(self) -> tuple[object, ...]:
        """The same for two runs that were trained alike."""
        return whole(self.value), *((turned.step, whole(turned.value)) for turned in self.turnings)


class Difference(NamedTuple):
    """One setting, and what it is in each column; None where it is not known or means nothing."""

    knob: Knob
    held: tuple[tuple[Held | None, ...], ...]  # for each column, of each of its runs


class Settled(NamedTuple):
    differ: tuple[Difference, ...]
    equal: tuple[str, ...]  # labels and values of what is the same in all
    unknown: int  # settings that are not known of every run


def settled(columns: Sequence[Column], step: int) -> Settled:
    """All settings, told apart by whether they differ."""
    runs = [[known(run, step) for run in column.runs] for column in columns]
    differ, equal, unknown = [], [], 0
    for knob in KNOBS:
        held = tuple(tuple(one.get(knob.name) for one in column) for column in runs)
        meant = [one for column in runs for each in column if (one := meaning(knob, each))]
        if len({one.signature for one in meant}) > 1:
            differ.append(Difference(knob, held))
        elif any(one is None for column in held for one in column):
            unknown += 1
        else:
            same = held[0][0]
            equal.append(f"{knob.label} {worded(knob.name, same.value)}" if same else knob.label)
    return Settled(tuple(differ), tuple(equal), unknown)


def meaning(knob: Knob, each: Mapping[str, Held]) -> Held | None:
    """None where it is not known, or decides nothing beside the run's other settings."""
    one = each.get(knob.name)
    values = {name: held.value for name, held in each.items()}
    return one if one and all(name in values for name in knob.when) and knob.matters(values) else None


def known(run: Shown, step: int) -> dict[str, Held]:
    """The settings of a run as they are at `step`, and of a branch not before it is one."""
    recording, step = run.recording, max(step, run.fork or 0)
    started = recording.latest(Started, step) or next(iter(recording.all(Started)), None)
    if started is None:
        return {}
    values, branched = dict(started.settings), recording.latest(Branched)
    if branched and branched.step >= started.step:
        values.update(branched.now)
    by_hand = turned_by_hand(recording)
    turnings = [turned for turned in by_hand if turned.knob in values and own(turned, branched)]
    for turned in turnings:
        if started.step <= turned.step <= step:
            values[turned.knob] = turned.value
    return {
        name: Held(value, tuple(turned for turned in turnings if turned.knob == name), step)
        for name, value in values.items()
    }


def own(turned: Turned, branched: Branched | None) -> bool:
    """What the parent turned counts for a branch only as long as that changed nothing about it."""
    if branched is None or turned.knob not in branched.now or turned.step > branched.step:
        return True
    return turned.step == branched.step and whole(turned.value) != whole(branched.was.get(turned.knob))


def cell_text(knob: Knob, held: Sequence[Held | None]) -> str:
    """What a column says of a setting; of several runs their values, or how many there are."""
    texts = list(dict.fromkeys(one_text(knob, one) for one in held))
    if len(texts) == 1:
        return texts[0]
    numbers = sorted({one.value for one in held if one and type(one.value) is int})
    if knob.name != SEED or len(numbers) != len(held):
        return f"{len(texts)} values"
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]:,}–{numbers[-1]:,}"
    return ", ".join(f"{number:,}" for number in numbers)


def only_number(held: Sequence[Held | None]) -> float | None:
    """The number that a setting is in all runs of a column, from start to end; None where it is something else."""
    values = {one.value if one and type(one.value) in (int, float) and not one.turnings else None for one in held}
    return values.pop() if len(values) == 1 else None


def one_text(knob: Knob, held: Held | None) -> str:
    """A value, and whether it was turned, or will have been."""
    if held is None:
        return UNKNOWN
    if not held.turnings:
        return worded(knob.name, held.value)
    return f"{worded(knob.name, held.value)}, {'turned' if held.turnings[0].step <= held.step else 'turned later'}"


def cell_says(knob: Knob, name: str, held: Sequence[Held | None]) -> str:
    """The same in sentences, with when it was turned."""
    if len(held) > 1:
        return f"{knob.label} of {name}: {', '.join(one_text(knob, one) for one in held)}."
    if (one := held[0]) is None:
        return f"{knob.label} of {name} is not known."
    unit = f" {knob.unit}" if knob.unit else ""
    turned = "".join(f" Turned to {worded(knob.name, t.value)} at step {t.step:,}." for t in one.turnings)
    return f"{knob.label} of {name}: {worded(knob.name, one.value)}{unit}.{turned}"
