"""A GGUF file, as llama.cpp reads it: weights in 32 bits, with a tokenizer where llama.cpp has one that cuts alike.

It has byte-level BPE. Of Unigram, WordPiece and characters it knows forms that cut otherwise; a file of those carries
no tokenizer for it, but always the tokenizer.json, under the name that the format has for that.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from torch import Tensor

from engine.export.extra import lent
from engine.export.grown import Grown
from engine.export.huggingface import LAYER_NORM_EPSILON
from engine.export.names import places, to_theirs
from engine.export.tokenizer_json import TokenizerFile, tokenizer_file
from engine.size import head_width, hidden_width, key_value_heads
from engine.training.rms_norm import EPSILON
from engine.trouble import Trouble

ARCHITECTURE = {"gpt2": "gpt2", "modern": "qwen3"}
OURS = "gpt-2"  # how llama.cpp calls the words that we cut text into
ROUNDED_GELU = "llama.cpp rounds GELU: its logits differ from those here in the third decimal."
NO_TOKENIZER = (
    "llama.cpp has no tokenizer that cuts as this one does: it can compute with tokens, but not read text. "
    "The file holds the tokenizer.json for programs that can."
)
EXTRAS = "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback", "ignore_merges"


def write(model: Grown, path: Path) -> None:
    """Write the whole file."""
    gguf = lent("gguf")
    writer = gguf.GGUFWriter(path, ARCHITECTURE[model.settings.architecture])
    try:
        _put_shape(writer, model, gguf)
        _put_tokenizer(writer, model, gguf)
        for name, weight in tensors(model, gguf).items():
            writer.add_tensor(name, weight.numpy())
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def check(model: Grown, path: Path) -> str:
    """Read it with the library's reader, and say what was compared. Trouble unless each number is as it was."""
    gguf = lent("gguf")
    wanted = tensors(model, gguf)
    found = {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}
    if found.keys() != wanted.keys():
        raise Trouble("The file was read again, and other weights were in it.", "The disk may be failing.")
    for name, weight in wanted.items():
        numbers = np.asarray(found[name].data, np.float32).reshape(weight.shape)
        if not np.array_equal(numbers, weight.numpy()):
            raise Trouble(f"The file was read again, and {name} is not what was written.", "The disk may be failing.")
    return f"All {len(found):,} tensors were read back, and each number is as it was."


def remarks(model: Grown) -> Iterator[str]:
    """What somebody should know who runs it with llama.cpp."""
    if model.settings.architecture == "gpt2":
        yield ROUNDED_GELU
    if not _cuts_alike(tokenizer_file(model.tokenizer, model.special).content):
        yield NO_TOKENIZER


def tensors(model: Grown, gguf: ModuleType) -> dict[str, Tensor]:
    """Weights by their GGUF names. Matrices lie as ours do: what `transformers` transposes is turned back."""
    named = gguf.get_tensor_name_map(_kind(model, gguf), model.settings.layers)
    transposed = {name for place in places(model.settings) for name in place.theirs if place.transposed}
    theirs = to_theirs(model.weights, model.settings).items()
    return {
        named.get_name(name, (".weight", ".bias")): (weight.T if name in transposed else weight).contiguous()
        for name, weight in theirs
    }


def _kind(model: Grown, gguf: ModuleType) -> Any:
    return {"gpt2": gguf.MODEL_ARCH.GPT2, "modern": gguf.MODEL_ARCH.QWEN3}[model.settings.architecture]


def _put_shape(writer: Any, model: Grown, gguf: ModuleType) -> None:
    settings = model.settings
    writer.add_name(model.name)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_block_count(settings.layers)
    writer.add_context_length(settings.context)
    writer.add_embedding_length(settings.width)
    writer.add_feed_forward_length(hidden_width(settings))
    writer.add_head_count(settings.heads)
    writer.add_vocab_size(model.vocabulary)
    if settings.architecture == "gpt2":
        writer.add_layer_norm_eps(LAYER_NORM_EPSILON)
        return
    writer.add_head_count_kv(key_value_heads(settings))
    writer.add_key_length(head_width(settings))
    writer.add_value_length(head_width(settings))
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_rope_freq_base(settings.rotation_base)


def _put_tokenizer(writer: Any, model: Grown, gguf: ModuleType) -> None:
    file = tokenizer_file(model.tokenizer, model.special)
    writer.add_string("tokenizer.huggingface.json", json.dumps(file.content, ensure_ascii=False))
    if not _cuts_alike(file.content):
        writer.add_tokenizer_model("none")
        return
    names, kinds = _tokens(file, gguf)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(OURS)
    writer.add_token_list(names)
    writer.add_token_types(kinds)
    merges = file.content["model"]["merges"] or [(file.end, file.end)]  # there must be one: this never stands in a text
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_bos_token_id(model.tokenizer.end)
    writer.add_eos_token_id(model.tokenizer.end)
    writer.add_pad_token_id(model.tokenizer.end)
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)


def _cuts_alike(content: dict[str, Any]) -> bool:
    """Whether llama.cpp would cut any text into the same tokens: BPE of bytes within GPT-2's words, nothing else."""
    model = content["model"]
    return (
        model["type"] == "BPE"
        and not any(model.get(name) for name in EXTRAS)
        and content["normalizer"] is None
        and _is_words(content["pre_tokenizer"], bool(model["merges"]))
        and all(token["special"] for token in content["added_tokens"])
    )


def _is_words(how: dict[str, Any] | None, merging: bool) -> bool:
    """Whether bytes are merged within GPT-2's words; where none are merged, within what does not matter."""
    how = how or {}
    within = how.get("use_regex") is True or not merging
    return how.get("type") == "ByteLevel" and how.get("add_prefix_space") is False and within


def _tokens(file: TokenizerFile, gguf: ModuleType) -> tuple[list[str], list[int]]:
    """Names in order of their numbers, and the kind of each."""
    names = {number: name for name, number in file.content["model"]["vocab"].items()}
    kinds = dict.fromkeys(names, int(gguf.TokenType.NORMAL))
    for added in file.content["added_tokens"]:
        names[added["id"]], kinds[added["id"]] = added["content"], int(gguf.TokenType.CONTROL)
    return [names[number] for number in range(len(names))], [kinds[number] for number in range(len(names))]
