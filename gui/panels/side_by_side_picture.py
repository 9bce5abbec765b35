"""What the runs on show write and expect at one step, each beside the others: the same prompt, the same sentence."""

from collections.abc import Callable, Sequence
from math import isfinite, nan
from typing import Any, Literal, NamedTuple

import numpy as np

from engine.declared import Declared, knob
from engine.events import CorpusRead, SentencePredicted, Wrote
from gui.pieces import spelled, text_note
from gui.shown import Shown
from gui.special import objective, piece_of
from gui.text import one_line, prose
from gui.widgets.run_card import Part
from gui.widgets.run_columns import Column, columns, seed_of
from gui.widgets.run_losses import RunLosses
from gui.widgets.token_strip import Tile
from gui.widgets.token_tiles import tile

View = Literal["samples", "probe"]
GAP = "___"  # of a prompt, as the engine knows it
LONGEST = 60  # characters of a text that is quoted
ALONE = "tick another run in the library to compare"
NOTHING_WRITTEN = "Nothing was written yet."
NOT_ASKED = "Nothing was asked yet."
SAMENESS: dict[str, tuple[str, str, Callable[[Wrote], Any]]] = {
    "prompt": ("same prompt", "prompts differ", lambda wrote: wrote.prompt),
    "seed": ("same seed", "seeds differ", lambda wrote: wrote.seed),
    "choice": (
        "",
        "chosen differently",
        lambda wrote: (wrote.temperature, wrote.top_k, wrote.top_p),
    ),
}


class SideBySideOptions(Declared):
    view: View = knob("samples", "What each run writes, or how surprised it is by the same sentence")
    smoothing: int = knob(20, "The loss of a run is the mean of this many last steps", 1, 500, unit="steps", log=True)
    fold: bool = knob(True, "Of runs that were begun together and differ in their seed alone one is shown")


class SideBySide(NamedTuple):
    view: View
    subtitle: str
    parts: tuple[Part, ...]


def side_by_side(runs: Sequence[Shown], step: int, options: SideBySideOptions, losses: RunLosses) -> SideBySide:
    """Of each run the latest at or before `step`."""
    made = [(column, one_of(column, runs)) for column in columns(runs, options.fold)]
    if options.view == "probe":
        return probes(made, step)
    return samples(made, step, options.smoothing, losses)


def one_of(column: Column, runs: Sequence[Shown]) -> Shown:
    """Of a group of seeds one that is not the same run as another on show."""
    others = {seed_of(run) for run in runs if run not in column.runs}
    return next((run for run in column.runs if seed_of(run) not in others), column.one)


def name_of(column: Column, run: Shown) -> str:
    """Of a group, which of its runs it is."""
    if len(column.runs) == 1:
        return one_line(run.name)
    seed = seed_of(run)
    return one_line(run.name if seed is None else f"{column.name}, seed {seed}")


# what they write


def samples(made: Sequence[tuple[Column, Shown]], step: int, width: int, losses: RunLosses) -> SideBySide:
    """The texts, and in which way they were not made alike."""
    written = [run.recording.latest(Wrote, step) for _, run in made]
    known = [wrote for wrote in written if wrote]
    same_step = len({wrote.step for wrote in known}) == 1
    parts = []
    for (column, run), wrote in zip(made, written, strict=True):
        name = name_of(column, run)
        if wrote is None:
            parts.append(Part(name, column.place, "", f"{name}.", remark=NOTHING_WRITTEN))
            continue
        loss = loss_at(run, wrote.step, width, losses)
        said = f"{name}: loss {loss:.3f} nats per token at step {wrote.step:,}." if isfinite(loss) else f"{name}."
        words = words_of(run, wrote)
        remark = unlike(wrote, known[0], not same_step)
        parts.append(Part(name, column.place, f"{loss:.2f}" if isfinite(loss) else "", said, *words, remark=remark))
    return SideBySide("samples", samples_subtitle(known, same_step, len(made) == 1), tuple(parts))


def words_of(run: Shown, wrote: Wrote) -> tuple[str, str, str, str]:
    """The prompt, what was written, the rest of the prompt, and a word about its signs."""
    gap = objective(run.recording) == "infill"
    before, _, after = wrote.prompt.partition(GAP) if gap else (wrote.prompt, "", "")
    return prose(before), prose(spelled([wrote.text])), prose(after), text_note(wrote.text)


def samples_subtitle(known: Sequence[Wrote], same_step: bool, alone: bool) -> str:
    """When they were written, and whether from the same words and the same random numbers."""
    if not known:
        return ""
    parts = [f"samples at step {known[0].step:,}" if same_step else "samples at different steps"]
    if alone:
        parts.append(ALONE)
    elif len(known) > 1:
        for same, other, part in SAMENESS.values():
            parts.append(same if len({part(wrote) for wrote in known}) == 1 else other)
    return ", ".join(part for part in parts if part)


def unlike(wrote: Wrote, first: Wrote, tell_step: bool) -> str:
    """What is not as with the first sample."""
    parts = [f"step {wrote.step:,}"] if tell_step else []
    if wrote.prompt != first.prompt:
        parts.append("another prompt")
    if wrote.seed != first.seed:
        parts.append(f"seed {wrote.seed:,}")
    if wrote.temperature != first.temperature:
        parts.append(f"temperature {wrote.temperature:g}")
    if wrote.top_k != first.top_k:
        parts.append(f"top-k {wrote.top_k or 'all'}")
    if wrote.top_p != first.top_p:
        parts.append(f"top-p {wrote.top_p:g}")
    return ", ".join(parts)


def loss_at(run: Shown, step: int, width: int, losses: RunLosses) -> float:
    """The smoothed training loss in nats per token; NaN before the first step."""
    curve = losses.of(run.recording, width)
    place = int(np.searchsorted(curve.x, step, side="right")) - 1
    return float(curve.y[place]) if place >= 0 else nan


# what they expect


class Asked(NamedTuple):
    """One look at the probe text."""

    step: int
    text: str
    losses: np.ndarray  # nats, of each token that was asked for
    tiles: tuple[Tile, ...]
    cut: tuple[str, ...]  # the text in its tokens
    masked: bool  # each token was hidden in turn, and guessed from both sides


def probes(made: Sequence[tuple[Column, Shown]], step: int) -> SideBySide:
    """The same text in the tokens of each run; a run that was asked about another one says so."""
    looks = [asked(run, step) for _, run in made]
    known = [look for look in looks if look]
    first = known[0] if known else None
    same_text = [look for look in known if first and look.text == first.text]
    same_step = len({look.step for look in same_text}) == 1
    whole = len({look.cut for look in same_text}) > 1  # a loss per token would compare different things
    parts = [
        probe_part(name_of(column, run), column.place, look, first, (not same_step, whole))
        for (column, run), look in zip(made, looks, strict=True)
    ]
    return SideBySide("probe", probes_subtitle(same_text, same_step, whole), tuple(parts))


def asked(run: Shown, step: int) -> Asked | None:
    """None before the first look."""
    corpus, event = run.recording.latest(CorpusRead, step), run.recording.latest(SentencePredicted, step)
    if corpus is None or event is None:
        return None
    pieces = tuple(piece_of(corpus, token) for token in event.tokens_T)
    task = objective(run.recording)
    tiles = tuple(tile(corpus, task, pieces, place, event) for place in range(len(pieces)))
    return Asked(
        event.step, spelled(pieces), event.losses_T[np.isfinite(event.losses_T)], tiles, pieces, task == "masked"
    )


def probe_part(name: str, place: int, look: Asked | None, first: Asked | None, tell: tuple[bool, bool]) -> Part:
    """`tell`: the step, and the loss of the whole text instead of that of a token."""
    if look is None or first is None:
        return Part(name, place, "", f"{name}.", remark=NOT_ASKED)
    if look.text != first.text:
        return Part(name, place, "", f"{name}.", remark=f"Asked about another text: “{quoted(look.text)}”")
    tell_step, whole = tell
    total = float(look.losses.sum())
    mean = total / len(look.losses) if len(look.losses) else nan
    said = f"{name}: {total:.2f} nats for this text at step {look.step:,}, {mean:.3f} for each of its tokens."
    value = "" if not len(look.losses) else f"{total:.1f}" if whole else f"{mean:.2f}"
    return Part(name, place, value, said, tiles=look.tiles, remark=asked_unlike(look, first, tell_step))


def asked_unlike(look: Asked, first: Asked, tell_step: bool) -> str:
    """What is not as with the first run."""
    parts = [f"step {look.step:,}"] if tell_step else []
    if look.masked != first.masked:
        parts.append("guessed from both sides" if look.masked else "guessed from the past alone")
    return ", ".join(parts)


def probes_subtitle(looks: Sequence[Asked], same_step: bool, whole: bool) -> str:
    """When they were asked, and what the numbers are."""
    if not looks:
        return ""
    when = f"probe text at step {looks[0].step:,}" if same_step else "probe text at different steps"
    what = "nats for all of it, as tokens differ" if whole else "mean loss of its tokens in nats"
    return f"{when}, {what}"


def quoted(text: str) -> str:
    """Its beginning, in one line."""
    whole = one_line(text)
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}…"
