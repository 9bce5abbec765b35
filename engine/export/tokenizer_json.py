"""Any tokenizer of ours as the tokenizer.json of the `tokenizers` library, which cuts every text as we do.

Three things are said differently there. The end token, of which the library never hears here, is a special token; its
signs in a text stay plain signs, which `split_special_tokens` asks for. Bytes are BPE without a merge, written as
printable signs; characters are BPE without a merge as well, with a token for all that are unknown.
"""

import json
from typing import Any, NamedTuple

from engine.tokenizer.byte_level import BYTE_OF
from engine.tokenizer.character import UNKNOWN
from engine.tokenizer.tokenizer import END, Tokenizer
from engine.tokenizer.wordpiece import MARK

Json = dict[str, Any]
SIGN_OF = {byte: sign for sign, byte in BYTE_OF.items()}
BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
NO_MARK = {"type": "Replace", "pattern": {"String": MARK}, "content": ""}


class TokenizerFile(NamedTuple):
    content: Json
    end: str  # what the end token is called in it
    unknown: str | None = None  # likewise the token of all that has none


def tokenizer_file(tokenizer: Tokenizer, special: tuple[str, ...]) -> TokenizerFile:
    """`special` are numbered after the tokenizer's own."""
    match json.loads(tokenizer.to_json()):
        case {"kind": "byte"}:
            made, unknown = _library(_merging({SIGN_OF[byte]: byte for byte in range(256)}), BYTE_LEVEL), None
            made["pre_tokenizer"] = {**BYTE_LEVEL, "use_regex": False}
        case {"kind": "character"}:
            pieces = {piece: number for number, piece in enumerate(tokenizer.vocabulary)}
            made, unknown = _library(_merging(pieces, UNKNOWN), {"type": "Fuse"}), UNKNOWN
        case {"kind": kind, "model": dict(library)}:
            made, unknown = _from_library(kind, library), None
    end = _end_of(made, tokenizer.end)
    for number, name in enumerate(special, len(tokenizer.vocabulary)):
        made["added_tokens"].append(_added(_free_name(made, name), number))
    return TokenizerFile(made, end, unknown)


def tokenizer_config(file: TokenizerFile, context: int) -> Json:
    """What `transformers` wants to know besides; texts begin after the end token, and are filled up with it."""
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": context,
        "bos_token": file.end,
        "eos_token": file.end,
        "pad_token": file.end,
        **({"unk_token": file.unknown} if file.unknown else {}),
        "split_special_tokens": True,
        "clean_up_tokenization_spaces": False,
        "model_input_names": ["input_ids", "attention_mask"],  # GPT-2 would add a third to its embeddings
    }


def _free_name(made: Json, name: str) -> str:
    """The name, or one like it that no token of the file has: a stranger's tokenizer may have an end of its own."""
    vocabulary = made["model"]["vocab"]
    taken = {piece[0] if isinstance(piece, list) else piece for piece in vocabulary}
    taken |= {added["content"] for added in made["added_tokens"]}
    number, free = 1, name
    while free in taken:
        number += 1
        free = name.replace("|>", f"-{number}|>")
    return free


def _end_of(made: Json, number: int) -> str:
    """The name of the end token: a stranger's own, the first of the characters, or one that is added."""
    if own := [added["content"] for added in made["added_tokens"] if added["id"] == number]:
        return str(own[0])
    there = number < len(made["model"]["vocab"])
    name = END if there else _free_name(made, END)
    made["added_tokens"].append(_added(name, number))
    return name


def _from_library(kind: str, library: Json) -> Json:
    """Of a stranger's file all stays but what we never let it do: to add tokens, to cut off and to fill up."""
    if kind == "file":
        added = library.get("added_tokens") or []
        return {**library, "added_tokens": list(added), "post_processor": None, "truncation": None, "padding": None}
    decoder = {"type": "Sequence", "decoders": [NO_MARK, BYTE_LEVEL]} if kind == "wordpiece" else BYTE_LEVEL
    return {**library, "added_tokens": [], "decoder": decoder}


def _library(model: Json, decoder: Json) -> Json:
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": decoder,
        "model": model,
    }


def _merging(pieces: dict[str, int], unknown: str | None = None) -> Json:
    """BPE without a merge: every sign is a token."""
    return {
        "type": "BPE",
        "dropout": None,
        "unk_token": unknown,
        "continuing_subword_prefix": None,
        "end_of_word_suffix": None,
        "fuse_unk": False,
        "byte_fallback": False,
        "ignore_merges": False,
        "vocab": pieces,
        "merges": [],
    }


def _added(name: str, number: int) -> Json:
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": number, "content": name, **plain}
