"""The numbers behind the attention panel: every head as levels of colour, and the chosen one in full."""

from collections.abc import Callable
from math import ceil
from typing import NamedTuple

import numpy as np

from engine.events import Attended, CorpusRead
from engine.recording import Recording
from gui.pieces import MOST_BEFORE, piece_note
from gui.special import named, objective, piece_of
from gui.widgets.colour_map import GAP, MASK, levels
from gui.widgets.head_map import Label, Link, Map
from gui.widgets.head_mosaic import Head, Heads, gap_cells

SHRUNK = 1.25  # cells a pixel may have to show; with more, neighbours share one


class Room(NamedTuple):
    """How many device pixels there are: to each side of a head in the mosaic, and of the large map."""

    head: Callable[[int, int], int]  # given layers and heads
    map: int


class Attention(NamedTuple):
    heads: Heads
    map: Map
    shares_LHTT: np.ndarray  # uint16, 65535 for all: every head in full, for paper
    step: int  # of the look


def attention(recording: Recording, step: int, hide_first: bool, wish: Head, room: Room) -> Attention | None:
    """Who looked at whom at `step`; None before the first look. `wish` is the head to enlarge, if it exists."""
    corpus, event = recording.latest(CorpusRead, step), recording.latest(Attended, step)
    if corpus is None or event is None:
        return None
    L, H = event.attention_LHTT.shape[:2]
    task = objective(recording)
    both = task == "masked"
    chosen = Head(min(wish.layer, L - 1), min(wish.head, H - 1))
    shares_TT = event.attention_LHTT[chosen]
    small_LHSS = shrunk_levels(event.attention_LHTT, room.head(L, H), hide_first, both)
    large_SS = shrunk_levels(shares_TT[None, None], room.map, hide_first, both)[0, 0]
    labels = tuple(label(corpus, task, event.tokens_T, place) for place in range(len(event.tokens_T)))
    strongest = strongest_link(shares_TT, hide_first, both)
    large = Map(labels, large_SS, shares_TT, strongest, hide_first, both)
    return Attention(mosaic(small_LHSS, chosen), large, event.attention_LHTT, event.step)


def label(corpus: CorpusRead, task: str, tokens_T: np.ndarray, place: int) -> Label:
    """A token as it stands on an axis."""
    name = named(corpus, task, int(tokens_T[place]))
    pieces = [piece_of(corpus, token) for token in tokens_T[max(0, place - MOST_BEFORE) : place + MOST_BEFORE + 1]]
    inside = min(place, MOST_BEFORE)
    note = name.note or piece_note(pieces[:inside], pieces[inside], pieces[inside + 1 :])
    return Label(name.text, name.warn, name.faint, note)


def shrunk_levels(shares_LHTT: np.ndarray, room: int, hide_first: bool, both: bool = False) -> np.ndarray:
    """Levels of shape LHSS: S is T, or as few cells as `room` pixels can show, each the largest of its neighbours.

    Nothing is rescaled: a hidden column is masked, as the future is unless the model looks `both` ways.
    """
    T = shares_LHTT.shape[-1]
    block = max(1, ceil(T / (SHRUNK * max(room, 1))))
    shares_LHSS = shares_LHTT if block == 1 else largest(shares_LHTT, block, hide_first)
    made = levels(shares_LHSS)
    if not both:
        made[:, :, ~np.tri(made.shape[-1], dtype=bool)] = MASK
    if hide_first and block == 1:
        made[..., 0] = MASK
    return made


def largest(shares_LHTT: np.ndarray, block: int, hide_first: bool) -> np.ndarray:
    """The largest share of each block of rows and columns, of shape LHSS; the last block may be smaller."""
    L, H, T, _ = shares_LHTT.shape
    whole = T - T % block
    rows = shares_LHTT[:, :, :whole].reshape(L, H, T // block, block, T).max(axis=3)  # far faster than reduceat
    if whole < T:
        rows = np.concatenate([rows, shares_LHTT[:, :, whole:].max(axis=2, keepdims=True)], axis=2)
    starts = np.arange(0, T, block)
    starts[0] = int(hide_first)
    return np.maximum.reduceat(rows, starts, axis=3)


def mosaic(levels_LHSS: np.ndarray, chosen: Head) -> Heads:
    """One image of all heads: layers as rows, heads as columns, gaps between them."""
    L, H, S, _ = levels_LHSS.shape
    gap = gap_cells(S)
    framed = np.pad(levels_LHSS, ((0, 0), (0, 0), (0, gap), (0, gap)), constant_values=GAP)
    image_YX = framed.transpose(0, 2, 1, 3).reshape(L * (S + gap), H * (S + gap))[:-gap, :-gap]
    return Heads(image_YX, L, H, S, gap, chosen)


def strongest_link(shares_TT: np.ndarray, hide_first: bool, both: bool = False) -> Link | None:
    """The largest share that says something: the first token can look at nothing but itself, unless at `both` sides."""
    top, first = int(not both), int(hide_first)
    seen = shares_TT[top:, first:]
    if not seen.size:
        return None
    row, column = divmod(int(seen.argmax()), seen.shape[1])
    return Link(row + top, column + first)
