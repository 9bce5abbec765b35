"""The numbers behind the comparison of tokenizers: one text cut by each, what each costs, and five languages."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import inf, isnan
from typing import Literal, NamedTuple, get_args

from engine.commands import CompareTokenizers
from engine.corpus.world.parallel import SAME
from engine.declared import Declared, knob
from engine.events import Started, TokenizerCompared
from engine.recording import Recording
from engine.settings import Settings
from engine.tokenizer.cutting import GOES_ON, cut
from gui.pieces import piece_note
from gui.question import is_over, refusal
from gui.signs import bytes_of, cells
from gui.text import prose, shown
from gui.widgets.language_dots import Language
from gui.widgets.tokenizer_rows import TokenizerRow

Kind = Literal["none", "character", "byte", "bpe", "unigram", "wordpiece"]
Size = Literal["512", "1,024", "2,048", "4,096", "8,192", "16,384"]
SIZES: tuple[str, ...] = get_args(Size)
LEARNED = ("bpe", "unigram", "wordpiece")  # these have a size that can be chosen
NAMES: Mapping[str, str] = {
    "character": "Character",
    "byte": "Byte",
    "bpe": "Byte-level BPE",
    "unigram": "Unigram",
    "wordpiece": "WordPiece",
}
PLACES = ("first", "second", "third", "fourth")
SENTENCES = min(map(len, SAME.values()))
LEARNING, MISSING, FAILED = "learning…", "not measured in this run", "could not be learned from this text"


class TokenizersOptions(Declared):
    first: Kind = knob("character", "How the tokenizer of the first row cuts")
    first_size: Size = knob("1,024", "Tokens it may have at most", when={"first": LEARNED})
    second: Kind = knob("bpe", "How the tokenizer of the second row cuts")
    second_size: Size = knob("1,024", "Tokens it may have at most", when={"second": LEARNED})
    third: Kind = knob("unigram", "How the tokenizer of the third row cuts")
    third_size: Size = knob("4,096", "Tokens it may have at most", when={"third": LEARNED})
    fourth: Kind = knob("wordpiece", "How the tokenizer of the fourth row cuts")
    fourth_size: Size = knob("4,096", "Tokens it may have at most", when={"fourth": LEARNED})
    sentence: int = knob(1, "Which sentence is cut in all five languages", 1, SENTENCES)


class Slot(NamedTuple):
    """What was asked for."""

    kind: str
    size: int  # different tokens at most; 0 for one that needs as many as it needs


class Comparison(NamedTuple):
    text: str
    rows: tuple[TokenizerRow, ...]
    languages: tuple[Language, ...]
    slots: tuple[Slot, ...]  # one for each row
    compared: tuple[TokenizerCompared | None, ...]  # likewise; None: not there yet


def comparison(recording: Recording, options: TokenizersOptions, text: str) -> Comparison:
    """What is known of the tokenizers that were chosen; of a run that is over, what was recorded."""
    over = is_over(recording)
    slots = recorded(recording) if over else wanted(options)
    compared = tuple(found(recording, slot) for slot in slots)
    best = min((bits(each) for each in compared if each), default=inf)
    lacking = FAILED if refusal(recording, CompareTokenizers) else LEARNING
    width, state = width_of(recording), MISSING if over else lacking
    rows = tuple(row(slot, each, text, width, best, state) for slot, each in zip(slots, compared, strict=True))
    return Comparison(text, rows, languages(compared, options.sentence - 1), slots, compared)


def wanted(options: TokenizersOptions) -> tuple[Slot, ...]:
    """The tokenizers a person chose."""
    values = options.model_dump()
    pairs = [(values[place], int(values[f"{place}_size"].replace(",", ""))) for place in PLACES]
    return tuple(Slot(kind, size if kind in LEARNED else 0) for kind, size in pairs if kind != "none")


def recorded(recording: Recording) -> tuple[Slot, ...]:
    """Those that were measured, the newest four in their order."""
    slots = [slot_of(each) for each in recording.all(TokenizerCompared)]
    return tuple(dict.fromkeys(slots))[-len(PLACES) :]


def found(recording: Recording, slot: Slot) -> TokenizerCompared | None:
    """The last one that was measured for this slot. Tokenizers are of the text: they are the same at every step."""
    return next((each for each in reversed(recording.all(TokenizerCompared)) if slot_of(each) == slot), None)


def slot_of(each: TokenizerCompared) -> Slot:
    """What was asked for when this one was learned."""
    return Slot(each.kind, each.wanted if each.kind in LEARNED else 0)


def width_of(recording: Recording) -> int:
    """Of the run's model."""
    started = recording.latest(Started)
    return int(started.settings.get("width", Settings().width)) if started else Settings().width


def row(slot: Slot, each: TokenizerCompared | None, text: str, width: int, best: float, state: str) -> TokenizerRow:
    """One tokenizer; `state` is said where it is not there."""
    name = NAMES.get(slot.kind, slot.kind)
    if each is None:
        return TokenizerRow(name, slot.size, state=state)
    size = len(each.vocabulary)
    return TokenizerRow(
        name=name,
        size=size,
        cells=cells(bare(each.kind, pieces(each, text))),
        tokens_per_word=each.tokens_per_word,
        bits_per_byte=each.bits_per_byte,
        best=bits(each) == best < inf,
        embedding=size * width,
        asked=slot.size,
    )


def bits(each: TokenizerCompared) -> float:
    """Bits per byte, as exactly as they are shown: what looks alike is equally good."""
    return inf if isnan(each.bits_per_byte) else round(each.bits_per_byte, 2)


@lru_cache(maxsize=64)  # the sentences of all languages stay the same at every key stroke
def pieces(each: TokenizerCompared, text: str) -> tuple[str, ...]:
    """A text as this tokenizer cuts it, as its pieces stand in its vocabulary."""
    return tuple(cut(each.kind, text, each))


def bare(kind: str, made: Iterable[str]) -> list[str]:
    """Pieces as they spell the text: without the mark of one that goes on in a word."""
    return [piece.removeprefix(GOES_ON) if kind == "wordpiece" else piece for piece in made]


def languages(compared: tuple[TokenizerCompared | None, ...], place: int) -> tuple[Language, ...]:
    """The same sentence in each language, and its tokens."""
    made = []
    for name, sentences in SAME.items():
        counts = tuple(len(pieces(each, sentences[place])) if each else None for each in compared)
        made.append(Language(name, prose(sentences[place]), counts))
    return tuple(made)


def told(each: TokenizerCompared, text: str, place: int) -> str:
    """One piece of a text in words: its number, its bytes, its score."""
    made = pieces(each, text)
    plain = bare(each.kind, made)
    piece, size = made[place], len(bytes_of(plain[place]).split())
    note = piece_note(plain[:place], plain[place], plain[place + 1 :])
    number = each.vocabulary.index(piece) if piece in each.vocabulary else None
    parts = [
        f"“{shown(piece).text}”" + (f", {note}" if note else ""),
        "not in its vocabulary" if number is None else f"token {number:,} of {len(each.vocabulary):,}",
        f"{size} byte{'' if size == 1 else 's'}, {bytes_of(plain[place])}",
    ]
    if number is not None and number < len(each.scores_V):
        parts.append(f"score {float(each.scores_V[number]):.2f} nats (log chance)")
    return " · ".join(parts)
