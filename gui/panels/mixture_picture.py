"""The numbers of the mixture panel: every text of the present run and of the next, at one step. Knows no Qt."""

from collections.abc import Sequence
from math import isnan, log
from typing import NamedTuple

import numpy as np

from engine.events import CorpusRead, Event, PartsSeen, SourceRead, SourceSeen, SourceValidated, Started, Stepped
from engine.recording import Recording
from gui.mixing import Mixture, differ, shares
from gui.sources import source_label
from gui.status import size_words
from gui.text import one_line
from gui.widgets.loss_stop import Stop, stop
from gui.widgets.source_figures import NOTHING, REPEATED, Bar, SourceFigures

FIRST, LAST = 0, -1  # of what was told again and again
ROUND = 0.005  # shares that differ by less are printed alike


class Picture(NamedTuple):
    rows: tuple[SourceFigures, ...]
    mixture: Mixture
    present: tuple[float, ...]  # shares of the present run's texts
    following: tuple[float, ...]  # of the next run's texts
    first: tuple[float, ...]  # of the present run's when it began; () where that is not known
    words: str  # how much there is
    warning: str
    step: int
    top: float  # nats, the end of the small curves' scale: guessing blindly
    stop: Stop | None = None  # why training could not go on

    @property
    def changed(self) -> bool:
        """Whether the engine could be asked to mix as it did when the run began."""
        return self.mixture.running and bool(self.first) and differ(self.first, self.present)

    @property
    def waits(self) -> bool:
        """Whether a new run is needed for what is chosen."""
        return any(row.bar == "warn" for row in self.rows)


def mixture_at(recording: Recording, step: int, mixture: Mixture) -> Picture:
    """What was read until `step`; the faders are where they are now."""
    read = {source.source: source for source in recording.all(SourceRead)}
    mixture = _completed(mixture, recording, read)
    sizes = [_size(recording, read, place) for place in range(len(mixture.corpus))]
    present = shares(mixture.weights, sizes) if mixture.corpus else ()
    following = _following(mixture, sizes)
    total = _total(recording, step)
    rows = [
        _faded(_figures(recording, step, place, read.get(place), mixture, total), mixture, present, following)
        for place in range(len(mixture.corpus))
    ]
    if not mixture.weights and not any(sizes) and len(rows) > 1:
        rows = [row._replace(by_length=True) for row in rows]  # and nobody knows how long they are
    rows += [_new(source, mixture, following) for source in mixture.next_corpus if source not in mixture.corpus]
    vocabulary = recording.latest(CorpusRead)
    top = log(max(2, len(vocabulary.vocabulary))) if vocabulary else 1.0
    first = _first(recording, read)
    why = stop(recording, recording.curve(Stepped, "loss")[0])
    return Picture(tuple(rows), mixture, present, following, first, _words(read), repetition(rows), step, top, why)


def _first(recording: Recording, read: dict[int, SourceRead]) -> tuple[float, ...]:
    started = recording.latest(Started)
    if started is None or not read:
        return ()
    sizes = [_size(recording, read, place, FIRST) for place in sorted(read)]
    return shares(tuple(started.settings.get("weights", ())), sizes)


def repetition(rows: Sequence[SourceFigures]) -> str:
    """A sentence about what was read too often; "" where nothing was."""
    over = sorted((row for row in rows if row.repeated), key=lambda row: -(row.seen or 0.0))
    if not over:
        return ""
    names = over[0].name if len(over) == 1 else f"{over[0].name} and {_others(over[1:])}"
    was, it = ("was", "it") if len(over) == 1 else ("were", "they")
    return f"{names} {was} seen more than {REPEATED:.0f} times: {it} may be learned by heart"


def _others(over: Sequence[SourceFigures]) -> str:
    return over[0].name if len(over) == 1 else f"{len(over)} others"


def _completed(mixture: Mixture, recording: Recording, read: dict[int, SourceRead]) -> Mixture:
    """Without a window, and in old records, the recording says what is mixed."""
    started = recording.latest(Started)
    corpus = mixture.corpus or (_recorded(started.settings.get("corpus", ())) if started else ())
    told = max(read, default=-1) + 1
    if told > len(corpus):
        corpus = tuple(read[place].name if place in read else str(place) for place in range(told))
        return Mixture(corpus, (), False, corpus, (), mixture.running)
    return mixture if mixture.corpus else Mixture(corpus, (), False, corpus, ())


def _recorded(corpus: str | Sequence[str]) -> tuple[str, ...]:
    """Older runs had one text."""
    return (corpus,) if isinstance(corpus, str) else tuple(corpus)


def _size(recording: Recording, read: dict[int, SourceRead], place: int, when: int = LAST) -> float:
    """How much of the windows it gets without weights: as the engine said first or last, else by its tokens."""
    weights = _history(recording, SourceSeen, "weight", place)[1]
    if len(weights):
        return float(weights[when])
    return float(read[place].train_tokens) if place in read else 0.0


def _following(mixture: Mixture, sizes: Sequence[float]) -> tuple[float, ...]:
    """A text that is not read yet has no length: without weights all share alike."""
    known = sizes if mixture.next_corpus == mixture.corpus else [1.0] * len(mixture.next_corpus)
    return shares(mixture.next_weights, known) if known else ()


def _figures(
    recording: Recording, step: int, place: int, read: SourceRead | None, mixture: Mixture, total: float
) -> SourceFigures:
    """What has happened to a text of the present run."""
    source = mixture.corpus[place]
    if read is None:
        return SourceFigures(source, source_label(source))
    tokens = _latest(recording, SourceSeen, "tokens", place, step)
    steps, losses = _history(recording, SourceValidated, "loss", place)
    whole = read.train_tokens + read.validation_tokens
    return SourceFigures(
        source,
        one_line(read.name),
        size_words(read.size),
        read=None if tokens is None or not total else tokens / total,
        seen=_latest(recording, SourceSeen, "epochs", place, step),
        times_P=_parts(recording, step, place),
        held_out=read.validation_tokens / whole if whole else 0.0,
        steps=steps,
        losses=losses,
        loss=_latest(recording, SourceValidated, "loss", place, step),
        entropy=None if isnan(read.entropy) else read.entropy,
    )


def _faded(row: SourceFigures, mixture: Mixture, present: Sequence[float], following: Sequence[float]) -> SourceFigures:
    """With its fader: the present run's while there is one to turn, else the next run's."""
    share = present[mixture.corpus.index(row.source)]
    if row.source not in mixture.next_corpus:
        note = "not in the next run"
        return row._replace(share=share, live=mixture.running, leaves=True, bar="warn", note=note)
    if mixture.running:
        bar: Bar = "accent" if mixture.asked else ""
        return row._replace(share=share, live=True, bar=bar)
    if mixture.next_corpus != mixture.corpus and not mixture.next_weights:
        return row._replace(share=share, by_length=True)
    wanted = following[mixture.next_corpus.index(row.source)]
    if abs(wanted - share) >= ROUND:
        return row._replace(share=wanted, bar="warn", note=f"was {share:.2f}")
    return row._replace(share=wanted)


def _new(source: str, mixture: Mixture, following: Sequence[float]) -> SourceFigures:
    share, by_length = following[mixture.next_corpus.index(source)], not mixture.next_weights
    note = "from the next run on"
    return SourceFigures(
        source, source_label(source), share=share, by_length=by_length, bar="warn", note=note, new=True
    )


def _words(read: dict[int, SourceRead]) -> str:
    if not read:
        return ""
    size = size_words(sum(source.size for source in read.values()))
    return f"{size} in {len(read)} sources, turned while it trains" if len(read) > 1 else f"{size} in one source"


def _total(recording: Recording, step: int) -> float:
    """Tokens of all texts that were read so far."""
    which = np.unique(recording.curve(SourceSeen, "source", step)[1])
    return sum(_latest(recording, SourceSeen, "tokens", int(place), step) or 0.0 for place in which)


def _parts(recording: Recording, step: int, place: int) -> np.ndarray:
    """float32 of shape (P,): empty before the first was told."""
    parts = recording.latest(PartsSeen, step)
    return parts.times_SP[place] if parts and place < len(parts.times_SP) else NOTHING


def _history(
    recording: Recording, kind: type[Event], field: str, place: int, step: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Steps and values of one number of one text."""
    steps, which = recording.curve(kind, "source", step)
    ours = which == place
    return steps[ours], recording.curve(kind, field, step)[1][ours]


def _latest(recording: Recording, kind: type[Event], field: str, place: int, step: int) -> float | None:
    values = _history(recording, kind, field, place, step)[1]
    return float(values[-1]) if len(values) else None
