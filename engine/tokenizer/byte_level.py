"""Byte-level: the pieces of BPE, Unigram and WordPiece are made of bytes, so any text can be cut and comes back whole.

The library writes each byte as a printable sign. From what is kept of a tokenizer only its pieces are taken, with their
merges or scores; all else is made here, so a stranger's file can do no more than cut badly.
"""

import json
from typing import Any

from tokenizers import Tokenizer, pre_tokenizers

from engine.tokenizer.library import LibraryTokenizer, pieces_of
from engine.tokenizer.tokenizer import shown

ALPHABET = sorted(pre_tokenizers.ByteLevel.alphabet())  # all 256 signs


def byte_level(kind: str, made: Tokenizer, prefix: str = "") -> LibraryTokenizer:
    """The tokenizer with its pieces as text; `prefix` is a mark that is no part of the text. ValueError if unsound."""
    names = pieces_of(made)
    if not set(ALPHABET) <= set(names):
        raise ValueError("some bytes are no tokens")
    return LibraryTokenizer(kind, made, [shown(bytes_of(name.removeprefix(prefix))) for name in names])


def words_as_bytes() -> pre_tokenizers.PreTokenizer:
    """GPT-2's words, each byte as a sign."""
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)


def model_of(made: Tokenizer) -> dict[str, Any]:
    """Its pieces, merges and scores, as the library writes them."""
    found: dict[str, Any] = json.loads(made.to_str())["model"]
    return found


def bytes_of(name: str) -> bytes:
    """The bytes that signs stand for; KeyError at any other sign."""
    return bytes(BYTE_OF[sign] for sign in name)


def _bytes_of_signs() -> dict[str, int]:
    """The way back from signs to bytes, after the library's rule.

    Bytes that print as one Latin-1 sign stand for themselves; the others follow in order from U+0100 on.
    """
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = (byte for byte in range(256) if byte not in plain)
    return {chr(byte): byte for byte in plain} | {chr(0x100 + place): byte for place, byte in enumerate(others)}


BYTE_OF = _bytes_of_signs()
