"""Which tokenizer: made new for a text, or again from what was kept of it."""

import json
from collections.abc import Generator
from contextlib import closing
from typing import Any, NamedTuple

from engine.corpus.document import progressed
from engine.events import Progressed
from engine.settings import Settings
from engine.tokenizer.byte import ByteTokenizer
from engine.tokenizer.character import CharacterTokenizer
from engine.tokenizer.learning import TASK, Texts, learned
from engine.tokenizer.tokenizer import Tokenizer
from engine.trouble import Trouble


class Made(NamedTuple):
    tokenizer: Tokenizer
    warnings: tuple[str, ...] = ()  # sentences for people


def made_for(texts: Texts, size: int, settings: Settings) -> Generator[Progressed, None, Made]:
    """The tokenizer that `settings` ask for, made for these texts of about `size` characters."""
    match settings.tokenizer:
        case "byte":
            return Made(ByteTokenizer())
        case "character":
            return Made(CharacterTokenizer((yield from _alphabet(texts, size))))
        case "file":
            return (yield from _brought(settings.tokenizer_file))
        case kind:
            tokenizer = load((yield from learned(kind, texts, size, settings.vocabulary)))
            return Made(tokenizer, _said(len(tokenizer.vocabulary), settings.vocabulary))


def load(text: str) -> Tokenizer:
    """The tokenizer that wrote this JSON, which may come from a stranger by now; Trouble if none did."""
    try:
        match json.loads(text):
            case {"kind": "byte"}:
                return ByteTokenizer()
            case {"kind": "character", "alphabet": str(alphabet)}:
                return CharacterTokenizer(alphabet)
            case {"kind": "bpe" | "unigram" | "wordpiece" as kind, "model": {"model": dict(model)}}:
                return _rebuilt(kind, model)
            case {"kind": "file", "model": dict(library), "end": int(end)}:
                return _tried(json.dumps(library), end)
            case {"kind": "file", "model": dict(library)}:
                return _tried(json.dumps(library))
    except Trouble:
        raise
    except Exception as error:  # what a stranger wrote can be wrong in any way
        raise Trouble("The tokenizer cannot be read.", "Prepare the corpus again.") from error
    raise Trouble("The tokenizer is of a kind that is not known here.", "Use a newer version of Terrarium.")


def _rebuilt(kind: str, model: dict[str, Any]) -> Tokenizer:
    from engine.tokenizer import bpe, unigram, wordpiece  # not before they are needed: they take a while to import
    from engine.tokenizer.library import failures_are_trouble

    with failures_are_trouble("be read"):
        return {"bpe": bpe.rebuilt, "unigram": unigram.rebuilt, "wordpiece": wordpiece.rebuilt}[kind](model)


def _tried(text: str, end: int | None = None) -> Tokenizer:
    """Of a stranger; whoever made it has told what it does not keep."""
    from engine.tokenizer import foreign

    for _ in foreign.tried_aside(text):
        pass
    return foreign.loaded(text, end)


def _brought(path: str) -> Generator[Progressed, None, Made]:
    from engine.tokenizer import foreign

    text = foreign.read(path)
    warnings = []
    with closing(foreign.tried_aside(text)) as answers:
        for answer in answers:
            warnings += [answer] if answer else []
            yield progressed("Trying the tokenizer", 0, 1)
    return Made(foreign.loaded(text), tuple(warnings))


def _alphabet(texts: Texts, size: int) -> Generator[Progressed, None, set[str]]:
    alphabet: set[str] = set()
    seen = 0
    for text in texts():
        yield progressed(TASK, seen, size)
        alphabet.update(text)
        seen += len(text)
    return alphabet


def _said(there: int, wanted: int) -> tuple[str, ...]:
    if there < wanted:
        return (f"The text has pieces for {there:,} different tokens only, not for {wanted:,}.",)
    if there > wanted:
        return (f"The tokenizer has {there:,} different tokens, not {wanted:,}: so many it needs for single bytes.",)
    return ()
