"""What differs between runs, as a table: where each began, the settings that are not the same, and what came of it."""

from collections.abc import Callable, Sequence
from math import isfinite, nan
from typing import NamedTuple

from engine.declared import Declared, knob
from engine.events import Branched
from gui.form.knob_text import exponent
from gui.panels.differences_settings import (
    UNKNOWN,
    Difference,
    Settled,
    cell_says,
    cell_text,
    only_number,
    settled,
)
from gui.panels.differences_totals import Point, Total, Totals, at
from gui.shown import Shown
from gui.text import clock, one_line, short
from gui.widgets.comparable import Loss, why_not
from gui.widgets.difference_table import Cell, Head, Row
from gui.widgets.loss_unit import LossUnit
from gui.widgets.run_columns import Column, columns, mean_of

NAMES = {"training": "training, smoothed", "validation": "validation"}
DIGITS: dict[LossUnit, int] = {"nats per token": 2, "bits per byte": 3}
ALONE = "Tick another run in the library to see what differs"


class DifferencesOptions(Declared):
    loss: Loss = knob("training", "The loss that is compared; on held-out text it is measured now and then")
    unit: LossUnit = knob("nats per token", "Bits per byte compare runs whose tokenizers differ")
    smoothing: int = knob(20, "A training loss is the mean of this many last steps", 1, 500, unit="steps", log=True)
    fold: bool = knob(True, "Runs that were begun together and differ in their seed alone are one column, as a mean")
    all_floors: bool = knob(
        False, "Say of every table of n-grams when it was beaten, not of the best one alone", label="All tables"
    )


class Differences(NamedTuple):
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


class Table(NamedTuple):
    """What the rows are made from."""

    columns: tuple[Column, ...]
    totals: tuple[tuple[Total, ...], ...]  # for each column, of each of its runs
    step: int
    options: DifferencesOptions
    remark: str  # why the losses do not compare; empty where they do


def differences(runs: Sequence[Shown], step: int, options: DifferencesOptions, totals: Totals) -> Differences:
    """The table, with the losses at `step` of the run that comes first."""
    made = columns(runs, options.fold)
    width = options.smoothing
    counted = [tuple(totals.of(run.recording, options.loss, options.unit, width) for run in one.runs) for one in made]
    remark = why_not([run.recording for run in runs], options.loss, options.unit)
    table = Table(made, tuple(counted), step, options, remark)
    rows = (origin_row(made), *setting_rows(settled(made, step), made), *loss_rows(table), *result_rows(table))
    return Differences(tuple(map(head, made)), rows)


def head(column: Column) -> Head:
    """Its whole name is told where it has no room."""
    names = ", ".join(one_line(run.name) for run in column.runs)
    says = f"{names}. {'Mean and spread over its seeds.' if len(column.runs) > 1 else ''}".strip()
    return Head(one_line(column.name), column.place, says)


# where each began, and with what


def origin_row(made: Sequence[Column]) -> Row:
    """Runs of one column have the same fork."""
    cells = [Cell(f"step {column.one.fork or 0:,}", says=origin_says(column)) for column in made]
    return Row("Starts from", tuple(cells), says="A branch goes on from a kept step of another run.")


def origin_says(column: Column) -> str:
    """And which run it was a part of before."""
    branched, name = column.one.recording.latest(Branched), one_line(column.name)
    if branched is None:
        return f"{name} began at its first step."
    return f"{name} branched off from {one_line(branched.parent)} at step {branched.step:,}."


def setting_rows(found: Settled, made: Sequence[Column]) -> tuple[Row, ...]:
    """Those that differ, and how many do not."""
    if sum(len(column.runs) for column in made) < 2:
        return (Row(ALONE),)
    rows = [setting_row(difference, made) for difference in found.differ]
    says = f"{', '.join(found.equal)}." if found.equal else ""
    counts = (len(found.equal), "equal", says), (found.unknown, "not known of every run", "")
    rows += [Row(f"{counted(number)} {what}", says=words) for number, what, words in counts if number]
    return tuple(rows)


def counted(settings: int) -> str:
    """So many settings, and the verb."""
    return f"{settings} setting{' is' if settings == 1 else 's are'}"


def setting_row(difference: Difference, made: Sequence[Column]) -> Row:
    """Strong where it is not as in the first column."""
    one, cells = difference.knob, []
    first = signatures(difference, 0)
    for place, (column, held) in enumerate(zip(made, difference.held, strict=True)):
        other = bool(signatures(difference, place)) and signatures(difference, place) != first
        says = cell_says(one, one_line(column.name), held)
        cells.append(Cell(cell_text(one, held), other, says, only_number(held)))
    return Row(one.label, tuple(cells), one.unit, f"{one.help}.")


def signatures(difference: Difference, place: int) -> set[tuple[object, ...]]:
    """What the setting was in the runs of one column."""
    return {held.signature for held in difference.held[place] if held}


# what came of it


def loss_rows(table: Table) -> tuple[Row, ...]:
    """At the step on show, at best and at last; a word where they cannot be compared."""
    kind, reach = NAMES[table.options.loss], table.options.smoothing
    heading = Row("Loss", unit=f"{kind}, {table.options.unit}", strong=True, ruled=True)
    now = loss_row(table, f"At step {table.step:,}", lambda run, total: point_now(run, total, table.step, reach))
    best = loss_row(table, "Best", lambda _, total: total.best)
    last = loss_row(table, "Last", lambda _, total: total.last)
    return heading, *((Row(table.remark),) if table.remark else ()), now, best, last


def point_now(run: Shown, total: Total, step: int, reach: int) -> Point:
    """None of a run that had ended; one that trains beside the first may be a few steps behind it."""
    behind = step - run.recording.last_step
    return at(total.curve, step) if behind <= (reach if run.live else 0) else Point()


def loss_row(table: Table, name: str, point: Callable[[Shown, Total], Point]) -> Row:
    """The lowest is strong, and whatever reads the same."""
    digits = DIGITS[table.options.unit]
    points = [
        [point(run, total) for run, total in zip(column.runs, totals, strict=True)]
        for column, totals in zip(table.columns, table.totals, strict=True)
    ]
    means = [mean_of([each.loss for each in column]) for column in points]
    known = [round(mean.value, digits) for mean in means if mean.known]
    lowest = min(known) if len(set(known)) > 1 and not table.remark else nan
    cells = []
    for column, of, mean in zip(table.columns, points, means, strict=True):
        text = f"{mean.value:,.{digits}f}" if mean.known else UNKNOWN
        spread = f" ± {spread_text(mean.spread, digits)}" if isfinite(mean.spread) else ""
        says = point_says(name, column, of, digits + 1)
        best = bool(mean.known) and round(mean.value, digits) == lowest
        cells.append(Cell(text + spread, best, says, mean.value if mean.known else None))
    return Row(name, tuple(cells))


def spread_text(spread: float, digits: int) -> str:
    """One digit more where it would read as none at all."""
    return f"{spread:.{digits}f}" if spread >= 0.5 * 10.0**-digits else f"{spread:.{digits + 1}f}"


def point_says(row: str, column: Column, points: Sequence[Point], digits: int) -> str:
    """Where each number was measured."""
    parts = []
    for run, point in zip(column.runs, points, strict=True):
        real = isfinite(point.loss)
        parts.append(f"{one_line(run.name)} {point.loss:.{digits}f} at step {point.step:,.0f}" if real else
                     f"{one_line(run.name)} not known")  # fmt: skip
    return f"{row}: {', '.join(parts)}."


def result_rows(table: Table) -> tuple[Row, ...]:
    """What was beaten, and what it cost."""
    rows = [beaten_row(table, order, name) for order, name in floors_to_tell(table).items()]
    guessed = {total.estimated for column in table.totals for total in column if isfinite(total.watt_hours)}
    estimate = {(True,): "estimated", (False, True): "partly estimated"}.get(tuple(sorted(guessed)), "")
    rows += [
        number_row(table, "Steps", lambda total: float(total.steps), lambda value: f"{value:,.0f}"),
        number_row(table, "Tokens", lambda total: total.tokens, lambda value: " ".join(short(value)).strip()),
        number_row(table, "Time", lambda total: total.seconds, clock),
        number_row(table, "Energy, Wh", lambda total: total.watt_hours, watt_hours, estimate),
    ]
    return (rows[0]._replace(ruled=True), *rows[1:])


def floors_to_tell(table: Table) -> dict[int, str]:
    """By order: all that were counted, or the hardest of those that a run has beaten."""
    all_of_them = [floor for column in table.totals for total in column for floor in total.floors if floor.order > 0]
    if table.options.all_floors:
        return {floor.order: floor.name for floor in sorted(all_of_them, key=lambda floor: floor.order)}
    beaten = [floor for floor in all_of_them if isfinite(floor.beaten)]
    hardest = min(beaten, key=lambda floor: floor.loss, default=None)
    return {hardest.order: hardest.name} if hardest else {}


def beaten_row(table: Table, order: int, name: str) -> Row:
    """The step at which counting alone was left behind."""
    cells = []
    for column, totals in zip(table.columns, table.totals, strict=True):
        levels = [next((floor for floor in total.floors if floor.order == order), None) for total in totals]
        steps = [floor.beaten for floor in levels if floor and isfinite(floor.beaten)]
        counted = any(levels)
        number = mean_of(steps).value if len(steps) == len(totals) else None
        if number is not None:
            text = f"{number:,.0f}"
        else:
            text = f"{len(steps)} of {len(totals)}" if steps else "not yet" if counted else UNKNOWN
        each = ", ".join(f"{floor.beaten:,.0f}" if floor and isfinite(floor.beaten) else text for floor in levels)
        says = f"Step at which {one_line(column.name)} got better than {one_line(name)}: {each}."
        cells.append(Cell(text, says=says, number=number))
    says = "Where the training loss, and the validation loss if it is measured, came down to what counting scores."
    return Row(f"{one_line(name).capitalize()} beaten", tuple(cells), says=says)


def number_row(
    table: Table, name: str, number: Callable[[Total], float], written: Callable[[float], str], unit: str = ""
) -> Row:
    """One number of the whole run; of several runs their mean."""
    cells = []
    for column, totals in zip(table.columns, table.totals, strict=True):
        mean = mean_of([number(total) for total in totals])
        text = written(mean.value) if mean.known else UNKNOWN
        about = f", the mean of {mean.known}" if len(totals) > 1 else ""
        more = f", {unit}" if unit else ""
        says = f"{name} of {one_line(column.name)}: {text}{more}{about}."
        cells.append(Cell(text, says=says, number=mean.value if mean.known else None))
    return Row(name, tuple(cells), unit)


def watt_hours(value: float) -> str:
    """Two digits where there is little."""
    if 0 < value < 0.01:
        return exponent(value)
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"
