"""What is told of the text before training begins: its size and vocabulary, and what counting alone would score."""

from collections.abc import Iterator

from engine.corpus.floors import floors
from engine.corpus.prepared import Corpus
from engine.events import CorpusRead, FloorCounted
from engine.settings import Settings
from engine.training.objective import special_tokens
from engine.training.observer import When

HIGHEST_FLOOR = 4  # 4-grams
HIGHEST_MASKED_FLOOR = 1  # longer ones know only one side


def vocabulary_of(corpus: Corpus, settings: Settings) -> tuple[str, ...]:
    """The tokenizer's tokens, then those the objective needs besides."""
    return (*corpus.tokenizer.vocabulary, *special_tokens(settings))


def corpus_read(corpus: Corpus, settings: Settings, when: When) -> CorpusRead:
    """The text as it was read."""
    counts = corpus.size, corpus.documents, len(corpus.train), len(corpus.validation)
    vocabulary = vocabulary_of(corpus, settings)
    return CorpusRead(*when, corpus.name, corpus.origin, *counts, corpus.held_out, vocabulary, corpus.tokenizer.end)


def floors_counted(corpus: Corpus, settings: Settings, when: When) -> Iterator[FloorCounted]:
    """One for each length of n-gram."""
    highest = HIGHEST_MASKED_FLOOR if settings.objective == "masked" else HIGHEST_FLOOR
    vocabulary = len(vocabulary_of(corpus, settings))
    for floor in floors(corpus.train, corpus.validation, vocabulary, settings.context, highest):
        yield FloorCounted(*when, floor.name, floor.order, floor.loss)
