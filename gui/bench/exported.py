"""What taking things away costs: all figures of a run, one of a long run, a report, and a window that trains on."""

from collections import deque
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from engine.bench.long_run import write_long_run
from gui.bench.heartbeat import Heartbeat
from gui.bench.stream import Stamps, training
from gui.bundled import bundled
from gui.export.files.figure import figure_bytes
from gui.export.order import Done, Order, carried_out
from gui.export.paper import Paper
from gui.export.provenance import provenance
from gui.export.report.contents import report
from gui.export.report.html import page_of
from gui.export.sheet import Sheet
from gui.export.sheets import Desk, desk, panel_named
from gui.panels import PANELS
from gui.panels.panel import Panel
from gui.shell import Shell
from gui.waiting import wait, wait_until
from gui.work import Work

PAPER = Paper(preset="paper-2col")
LEFT_OUT = 0.5  # seconds after each change


def exported(steps: int, pairs: int, seconds: float) -> dict[str, Any]:
    """The figures of the benchmark, by the keys of its JSON line."""
    with TemporaryDirectory() as place, desk([bundled()], PANELS) as room:
        folder = Path(place)
        first, files = all_figures(room, folder / "first")
        again, _ = all_figures(room, folder / "again")
        reported, page = timed(lambda: whole_page(room))
        long = long_figure(folder / "long", steps)
    return {
        "figures": files,
        "all_s": round(first, 2),
        "all_again_s": round(again, 2),
        "report_s": round(reported, 2),
        "report_kb": round(len(page.encode()) / 1000),
        "steps": steps,
        **long,
        **live(pairs, seconds),
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    began = perf_counter()
    made = work()
    return perf_counter() - began, made


def all_figures(room: Desk, folder: Path, panels: tuple[type[Panel], ...] = PANELS) -> tuple[float, int]:
    """Seconds and number of files; the first time fonts are read and matplotlib is loaded."""
    order = Order(PAPER, panels, (room.recording.last_step,), folder, every=True)
    done = Done([], [])
    seconds, _ = timed(lambda: deque(carried_out(order, room, done), maxlen=0))
    return seconds, len(done.files)


def whole_page(room: Desk) -> str:
    """The HTML report of the bundled run."""
    made = page_of(report(room))
    while True:
        try:
            next(made)
        except StopIteration as end:
            return str(end.value)


def long_figure(folder: Path, steps: int) -> dict[str, Any]:
    """The loss of a long run: milliseconds of the window's thread, seconds of another one, kilobytes as PDF."""
    write_long_run(folder, steps)
    loss = panel_named("loss")
    with desk([folder], (loss,)) as room:
        room.sheet(loss, steps)  # the means are worked out once
        sheet_seconds, sheet = timed(lambda: room.sheet(loss, steps))
        drawn, pdf = timed(lambda: figure_bytes(sheet, PAPER, room.origin(loss, steps), "pdf"))
    return {"sheet_ms": round(1000 * sheet_seconds, 1), "pdf_s": round(drawn, 2), "pdf_kb": round(len(pdf) / 1000, 1)}


def live(pairs: int, seconds: float) -> dict[str, Any]:
    """Training beside a window that draws, with and without figures being drawn on paper all the time."""
    with training((1600, 900)) as (shell, stamps):
        blocks = [block(shell, stamps, drawing, seconds) for _ in range(pairs) for drawing in (True, False)]
    busy, calm = [one for one in blocks if one.exporting], [one for one in blocks if not one.exporting]
    ratios = [(a if a.exporting else b).speed / (b if a.exporting else a).speed for a, b in pairwise(blocks)]
    return {
        "ratio_exporting": round(median(ratios), 3),
        "max_gap_exporting_ms": max(one.pause_ms for one in busy),
        "max_gap_ms": max(one.pause_ms for one in calm),
        "figures_per_s": round(median(one.figures for one in busy) / seconds, 2),
    }


class Block(NamedTuple):
    exporting: bool
    speed: float  # steps a second
    pause_ms: int  # the longest of the window
    figures: int  # that were drawn


def block(shell: Shell, stamps: Stamps, drawing: bool, seconds: float) -> Block:
    """Some seconds of training, with or without figures being drawn."""
    work = Work(endless(sheets(shell), shell)) if drawing else None
    try:
        wait(LEFT_OUT)
        heartbeat, began = Heartbeat(), perf_counter()
        heartbeat.start()
        wait(seconds)
        speed, gap = stamps.speed(began, perf_counter()), heartbeat.stop()
        count = round(work.share) if work else 0
    finally:  # also at Ctrl-C: the program waits for it
        if work:
            work.call_off()
    wait_until(lambda: not work or work.over)
    return Block(drawing, speed, gap, count)


def sheets(shell: Shell) -> list[Sheet]:
    """Of the panels on show, as a person's click takes them."""
    session = shell.session
    made = (panel.on_paper(session.recording, session.playhead.step) for panel in shell.window.panels)
    return [sheet for sheet in made if not sheet.empty]


def endless(taken: list[Sheet], shell: Shell) -> Any:
    """One figure after the other, until it is called off; yields how many there are."""
    origin = provenance(shell.session.recording, "bench", shell.session.playhead.step)
    count = 0.0
    while True:
        for sheet in taken:
            figure_bytes(sheet, PAPER, origin, "pdf")
            count += 1
            yield count
