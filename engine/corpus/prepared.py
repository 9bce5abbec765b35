"""From settings to tokens on both sides of the split, once; the next time they are found where they were kept."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from engine.corpus import kept
from engine.corpus.document import Document, calmly, progressed
from engine.corpus.kept import Kept
from engine.corpus.source import Source, source_of
from engine.corpus.split import split
from engine.events import Progressed
from engine.settings import Settings
from engine.tokenizer.choice import made_for
from engine.tokenizer.tokenizer import Tokenizer
from engine.trouble import Trouble

FORMAT = 1  # of what is kept, and of the way text is read and split
LEAST = 12  # windows of text that give one to a held-out tenth, with room to spare
BATCH = 1_000_000  # characters cut into tokens between two words of progress


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text that is ready to be learned."""

    name: str
    origin: str  # where the text came from, for people
    size: int  # bytes
    documents: int
    held_out: str  # what the validation text is, for people
    train: np.ndarray  # uint16 or int32, one axis; the end token stands between documents
    validation: np.ndarray
    tokenizer: Tokenizer
    fingerprint: str  # same text and tokenizer settings, same fingerprint
    warnings: tuple[str, ...]


def prepare(
    settings: Settings, cache: Path | None, tokenizer: Tokenizer | None = None
) -> Generator[Progressed, None, Corpus]:
    """Use with `corpus = yield from`; Trouble if the text cannot be read or is too short.

    `tokenizer` cuts the text as before, when a run goes on; by default one is made for it.
    """
    return (yield from calmly(_prepare(settings, cache, tokenizer)))


def _prepare(
    settings: Settings, cache: Path | None, tokenizer: Tokenizer | None
) -> Generator[Progressed, None, Corpus]:
    source = yield from source_of(settings)
    fingerprint = place = _fingerprint(source, settings)
    found = kept.find(cache, place) if cache else None
    if tokenizer and (found is None or found.tokenizer.to_json() != tokenizer.to_json()):
        place = blake2b((fingerprint + tokenizer.to_json()).encode(), digest_size=16).hexdigest()
        found = kept.find(cache, place) if cache else None
    if found is None:
        found = yield from _made(source, settings, tokenizer)
        _long_enough(source, found, settings.context)
        if cache:
            kept.keep(cache, place, found)
    _long_enough(source, found, settings.context)
    return Corpus(
        source.name,
        source.origin,
        found.size,
        found.documents,
        found.held_out,
        found.train,
        found.validation,
        found.tokenizer,
        fingerprint,
        (*source.warnings, *found.warnings),
    )


def _made(source: Source, settings: Settings, tokenizer: Tokenizer | None) -> Generator[Progressed, None, Kept]:
    documents, size, warnings = yield from source.read()
    parts = split(documents)
    if parts.copies:
        are = "document is a copy of another and is" if parts.copies == 1 else "documents are copies of others and are"
        warnings = (*warnings, f"{parts.copies:,} {are} left out.")
    pieces = [piece for document in parts.train for piece in document.pieces]
    tokenizer = tokenizer or (yield from made_for(pieces, settings))
    train = yield from tokens_of(parts.train, tokenizer)
    validation = yield from tokens_of(parts.validation, tokenizer)
    return Kept(size, len(documents) - parts.copies, parts.held_out, train, validation, tokenizer, warnings)


def tokens_of(documents: Sequence[Document], tokenizer: Tokenizer) -> Generator[Progressed, None, np.ndarray]:
    """All documents as one row of tokens, the end token between them."""
    kind = np.uint16 if len(tokenizer.vocabulary) <= 2**16 else np.int32
    end = np.array([tokenizer.end], kind).tobytes()
    row = bytearray()  # grows in place: no second copy of a long row
    pieces = [(piece, place == 0) for document in documents for place, piece in enumerate(document.pieces)]
    whole, done = sum(len(piece) for piece, _ in pieces), 0
    for batch in _batches(pieces):
        for tokens, (piece, first) in zip(tokenizer.encode_all([piece for piece, _ in batch]), batch, strict=True):
            row += end if first and done else b""
            row += tokens.astype(kind).tobytes()
            done += len(piece)
        yield progressed("Cutting text into tokens", done, whole)
    return np.frombuffer(row, kind)


def _batches(pieces: list[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    batch: list[tuple[str, bool]] = []
    room = BATCH
    for piece in pieces:
        batch.append(piece)
        room -= len(piece[0])
        if room <= 0:
            yield batch
            batch, room = [], BATCH
    if batch:
        yield batch


def _fingerprint(source: Source, settings: Settings) -> str:
    vocabulary = settings.vocabulary if settings.tokenizer == "bpe" else 0
    facts = f"{FORMAT}\n{source.key}\n{settings.tokenizer}\n{vocabulary}"
    return blake2b(facts.encode(), digest_size=16).hexdigest()


def _long_enough(source: Source, found: Kept, context: int) -> None:
    """Each side must fill one window, and have one more token to predict."""
    if min(len(found.train), len(found.validation)) > context:
        return
    tokens, held_out = len(found.train) + len(found.validation), len(found.validation)
    raise Trouble(
        f"{source.name} is too short: it has {tokens:,} tokens, of which {held_out:,} are held out.",
        f"With a context of {context:,} both parts need {context + 1:,}, so about {LEAST * (context + 1):,} in all:"
        " choose a longer text or a smaller context.",
    )
