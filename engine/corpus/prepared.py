"""From settings to tokens on both sides of the split, once; the next time they are found where they were kept.

Text streams through in pieces, several times where it is too long to be remembered: it is surveyed, a tokenizer is
learned from it, and it is cut. Memory does not grow with the text.
"""

from collections.abc import Generator, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np

from engine.corpus import kept
from engine.corpus.document import Piece, calmly, progressed
from engine.corpus.part import Corpus, Part
from engine.corpus.row import Row
from engine.corpus.source import Source
from engine.corpus.sources import sources_of
from engine.corpus.split import TRAIN, VALIDATION, Split, split
from engine.corpus.spoiling import Spoiling, spoiled
from engine.corpus.survey import REMEMBERED, Survey, survey
from engine.events import Progressed
from engine.settings import Settings
from engine.tokenizer.choice import Made, made_for
from engine.tokenizer.tokenizer import Tokenizer
from engine.trouble import Trouble

FORMAT = 2  # of what is kept, and of the way text is read, split and spoiled
LEAST = 12  # windows of text that give one to a held-out tenth, with room to spare
ROOM = 1.2  # times as much as a text of these documents would need: which are held out is chance
BATCH = 2_000_000  # characters cut into tokens between two words of progress
SPOILING_SEED = 0  # the same mistakes in every run: seeds are for training
NOT_KEPT = "The tokens could not be kept on disk ({}), so the next start will take as long."


class Surveyed(NamedTuple):
    """A source that was read once."""

    source: Source
    survey: Survey
    split: Split

    def part(self, train: np.ndarray, validation: np.ndarray, train_bytes: int, validation_bytes: int) -> Part:
        """The same with its text cut into rows of tokens."""
        return Part(
            name=self.source.name,
            origin=self.source.origin,
            size=self.survey.bytes,
            documents=self.split.documents(),
            copies=self.split.copies,
            held_out=self.split.held_out,
            train=train,
            validation=validation,
            train_bytes=train_bytes,
            validation_bytes=validation_bytes,
            nats=self.split.held_out_nats(self.survey),
            quality=self.survey.quality,
            skipped=self.survey.skipped,
        )


def prepare(
    settings: Settings, cache: Path | None, tokenizer: Tokenizer | None = None
) -> Generator[Progressed, None, Corpus]:
    """Use with `corpus = yield from`; Trouble if a text cannot be read or is too short.

    `tokenizer` cuts the text as before, when a run goes on; by default one is made for it.
    """
    return (yield from calmly(_Preparation(settings, cache, tokenizer).done()))


class _Preparation:
    def __init__(self, settings: Settings, cache: Path | None, tokenizer: Tokenizer | None) -> None:
        self._settings, self._cache, self._tokenizer = settings, cache, tokenizer
        self._spoiling = Spoiling.of(settings)
        self._surveyed: list[Surveyed] = []
        self._warnings: list[str] = []

    def done(self) -> Generator[Progressed, None, Corpus]:
        yield progressed("Looking for text", 0, 1)
        sources = yield from sources_of(self._settings, self._cache)
        texts = _hash(FORMAT, *(source.key for source in sources))
        made = Made(self._tokenizer) if self._tokenizer else (yield from self._tokenizer_for(sources, texts))
        tokenizer, as_json, parts = made.tokenizer, made.tokenizer.to_json(), []
        for number, source in enumerate(sources):
            fingerprint = _hash(texts, number, self._spoiling, as_json)
            part = kept.find_part(self._cache, fingerprint) if self._cache else None
            part = part or (yield from self._made(sources, number, fingerprint, tokenizer))
            parts.append(part._replace(name=source.name, origin=source.origin))
            _require_length(parts[-1], self._settings.context)
        listed = (words for source in sources for words in source.warnings)
        warnings = (*listed, *_said(parts), *made.warnings, *self._warnings)
        return Corpus(tuple(parts), tokenizer, _hash(texts, self._spoiling, as_json), warnings)

    # the steps

    def _survey(self, sources: Sequence[Source]) -> Generator[Progressed, None, list[Surveyed]]:
        """Of all sources, for copies are looked for in all of them; once."""
        if not self._surveyed:
            surveys: list[Survey] = []
            for source in sources:
                remembered = sum(one.remembered for one in surveys)
                surveys.append((yield from survey(source, REMEMBERED - remembered)))
            self._surveyed = [Surveyed(*each) for each in zip(sources, surveys, split(surveys), strict=True)]
        return self._surveyed

    def _tokenizer_for(self, sources: Sequence[Source], texts: str) -> Generator[Progressed, None, Made]:
        """Found where it was kept, or made from the training side of all texts, whose hash is `texts`."""
        fingerprint = _hash(texts, *_way_of_cutting(self._settings))
        if self._cache and (found := kept.find_tokenizer(self._cache, fingerprint)):
            return found
        surveyed = yield from self._survey(sources)
        size = sum(int(one.survey.sizes_D.sum()) for one in surveyed)
        made = yield from made_for(partial(_training_texts, surveyed), size, self._settings)
        if self._cache:
            kept.keep_tokenizer(self._cache, fingerprint, made)
        return made

    def _made(
        self, sources: Sequence[Source], number: int, fingerprint: str, tokenizer: Tokenizer
    ) -> Generator[Progressed, None, Part]:
        one = (yield from self._survey(sources))[number]
        if one.split.documents() == 0:
            raise Trouble(f"All of {one.source.name} is also in another of the texts.", "Leave one of them out.")
        if self._cache:
            try:
                with kept.aside(self._cache, fingerprint) as folder:
                    part, checks = yield from self._cut(one, tokenizer, folder)
                    kept.keep_part(folder, fingerprint, part, checks)
                    del part  # its rows lie in a folder that is about to be renamed
                if found := kept.find_part(self._cache, fingerprint):
                    return found
            except OSError as error:
                self._warnings.append(NOT_KEPT.format(error.strerror or error))
        part, _ = yield from self._cut(one, tokenizer, None)
        return part

    def _cut(
        self, one: Surveyed, tokenizer: Tokenizer, folder: Path | None
    ) -> Generator[Progressed, None, tuple[Part, tuple[int, int]]]:
        """Both sides as rows of tokens, in `folder` or in memory, and their checks."""
        train, validation = one.split.pieces(one.survey, TRAIN), one.split.pieces(one.survey, VALIDATION)
        if self._spoiling.any:
            train = spoiled(train, self._spoiling, SPOILING_SEED)
        rows = [Row(_kind(tokenizer), folder / name if folder else None) for name in (kept.TRAIN, kept.VALIDATION)]
        try:
            train_bytes = yield from cut(train, tokenizer, rows[0], 0, one.survey.bytes)
            validation_bytes = yield from cut(validation, tokenizer, rows[1], train_bytes, one.survey.bytes)
        finally:
            for row in rows:
                row.close()
        return one.part(rows[0].read(), rows[1].read(), train_bytes, validation_bytes), (rows[0].check, rows[1].check)


def cut(
    pieces: Iterator[Piece], tokenizer: Tokenizer, row: Row, done: int = 0, whole: int = 0
) -> Generator[Progressed, None, int]:
    """All pieces as tokens in `row`, the end token between documents. The bytes they were."""
    end = np.array([tokenizer.end])
    size = 0
    for batch in _batches(pieces):
        together: list[np.ndarray] = []
        for tokens, piece in zip(tokenizer.encode_all([piece.text for piece in batch]), batch, strict=True):
            if piece.first and (row.length or together):
                together.append(end)
            together.append(tokens)
            size += _bytes(piece.text)
        row.add(np.concatenate(together))
        yield progressed("Cutting text into tokens", done + size, whole)
    return size


def _batches(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    batch: list[Piece] = []
    room = BATCH
    for piece in pieces:
        batch.append(piece)
        room -= len(piece.text)
        if room <= 0:
            yield batch
            batch, room = [], BATCH
    if batch:
        yield batch


def _training_texts(surveyed: Sequence[Surveyed]) -> Iterator[str]:
    """Clean: what is spoiled is not what one learns to cut by."""
    for one in surveyed:
        for piece in one.split.pieces(one.survey, TRAIN):
            yield piece.text


def _said(parts: Sequence[Part]) -> Iterator[str]:
    """What was left out, a sentence each; copies, which most texts have, in one."""
    for part in parts:
        at = "" if len(parts) == 1 else f"{part.name}: "
        yield from (f"{at}{words}" for words in part.skipped)
    if copies := sum(part.copies for part in parts):
        are = "document is a copy" if copies == 1 else "documents are copies"
        yield f"{copies:,} {are} of what was there already, and left out."


def _way_of_cutting(settings: Settings) -> tuple[object, ...]:
    match settings.tokenizer:
        case "file":
            from engine.tokenizer import foreign  # not before it is needed: it takes a while to import

            return "file", foreign.read(settings.tokenizer_file)
        case "byte" | "character" as kind:
            return (kind,)
        case kind:
            return kind, settings.vocabulary


def _hash(*facts: object) -> str:
    return blake2b("\n".join(map(str, facts)).encode(), digest_size=16).hexdigest()


def _kind(tokenizer: Tokenizer) -> type[np.generic]:
    return np.uint16 if len(tokenizer.vocabulary) <= 2**16 else np.int32


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _require_length(part: Part, context: int) -> None:
    """Validation must fill one window and have one more token to predict, training two of them."""
    if len(part.train) > 2 * context and len(part.validation) > context:
        return
    tokens, held_out, needed = len(part.train) + len(part.validation), len(part.validation), context + 1
    in_all = max(LEAST * needed, round(ROOM * tokens * needed / max(1, held_out)))
    have = "1 token" if tokens == 1 else f"{tokens:,} tokens"
    short = f"{part.name} is too short: it has {have}, with {held_out:,} of them held out."
    raise Trouble(
        " ".join((short, *_said([part]))),
        f"With a context of {context:,} the part that is held out needs {needed:,}, so about"
        f" {in_all:,} in all: choose a longer text or a smaller context.",
    )
