"""Where text comes from: a built-in corpus, or a path; each says what its text depends on before it is read."""

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from engine.corpus import listing, python_library, reading, stories
from engine.corpus.built_in import BUILT_IN
from engine.corpus.document import Collected, Document, progressed
from engine.events import Progressed
from engine.settings import Settings
from engine.trouble import Trouble

STORIES_SEED = 0  # the same stories for every run: seeds are for training


class Source(NamedTuple):
    """A text that can be read when it is wanted."""

    name: str
    origin: str  # for people
    key: str  # same key, same text
    warnings: tuple[str, ...]
    read: Callable[[], Generator[Progressed, None, Collected]]


def source_of(settings: Settings) -> Generator[Progressed, None, Source]:
    """The source that `settings.corpus` names; for files, what is in them is hashed."""
    yield progressed("Looking for text", 0, 1)
    match settings.corpus:
        case "stories":
            key = f"stories {stories.fingerprint()} {settings.megabytes} {STORIES_SEED}"
            read = partial(told, settings.megabytes)
            return Source(BUILT_IN["stories"].label, "told by Terrarium", key, (), read)
        case "python":
            name = BUILT_IN["python"].label
            return Source(name, python_library.origin(), python_library.key(), (), python_library.read)
        case path if not path.strip():
            raise Trouble("No text is chosen.", "Choose a built-in corpus, or the path of a text file or folder.")
        case path:
            found = yield from listing.find(Path(path).expanduser())
            place = str(Path(path).expanduser().absolute())
            return Source(found.name, place, found.digest, found.warnings, partial(reading.read, found))


def told(megabytes: float) -> Generator[Progressed, None, Collected]:
    """The built-in stories as documents."""
    documents: list[Document] = []
    size = 0
    for story in stories.stories(megabytes, STORIES_SEED):
        documents.append(Document((story,)))
        size += len(story.encode())
        if len(documents) % 200 == 0:
            yield progressed("Making up stories", size, megabytes * 1e6)
    return Collected(documents, size)
