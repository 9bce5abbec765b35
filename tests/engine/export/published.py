"""Tiny models as `transformers` publishes them, with weights at random and a tokenizer of its library."""

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedModel, PreTrainedTokenizerFast, Qwen3Config
from transformers import Qwen3ForCausalLM as Qwen3

from engine.export.importing import look_into
from engine.export.importing_weights import begun_with
from engine.settings import Settings
from engine.training.learner import Learner

CHOSEN = Settings(threads=1, device="cpu", precision="fp32", attention="fused", megabytes=1)
END = "<|endoftext|>"
TOKENS = 280
TEXT = ["the cat sat on the mat and ran to the old mill", "a dog ran to the old mill and saw the sun set"]
HARD = "the cat sat\n\ton é 日本 <|endoftext|> ##x"


def library_tokenizer() -> Tokenizer:
    """Byte-level BPE that ends documents as GPT-2 does."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=[END],
        show_progress=False,
    )
    made.train_from_iterator(TEXT, trainer)
    return made


def gpt2(**changes: Any) -> PreTrainedModel:
    """With biases that are not 0, as training leaves them."""
    known = {"n_layer": 2, "n_head": 2, "n_embd": 16, "n_positions": 32, "vocab_size": TOKENS}
    return _at_random(GPT2LMHeadModel(GPT2Config(**{**known, "bos_token_id": 0, "eos_token_id": 0, **changes})))


def qwen3(**changes: Any) -> PreTrainedModel:
    """Heads of a width of their own, keys and values shared, rows that stand for no token."""
    known = {
        "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 6, "hidden_size": 16,
        "intermediate_size": 28, "max_position_embeddings": 64, "vocab_size": TOKENS + 20, "eos_token_id": 0,
        "rope_parameters": {"rope_type": "default", "rope_theta": 1_000_000.0},
    }  # fmt: skip
    return _at_random(Qwen3(Qwen3Config(**{**known, **changes})))


def published(model: PreTrainedModel, folder: Path, tokenizer: Tokenizer | None = None, **options: Any) -> Path:
    """Saved with its tokenizer."""
    model.save_pretrained(folder, **options)
    cutter = PreTrainedTokenizerFast(tokenizer_object=tokenizer or library_tokenizer(), eos_token=END)
    cutter.save_pretrained(folder)
    return folder


def changed(folder: Path, **facts: Any) -> Path:
    """With other words in its config.json."""
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))
    return folder


def opened(folder: Path, **changes: Any) -> tuple[Settings, Learner]:
    """What training begins with."""
    settings = Settings(**{**look_into(folder, CHOSEN).settings.model_dump(), **changes})
    begun = begun_with(settings)
    tokens = torch.arange(2000).numpy() % len(begun.tokenizer.vocabulary)
    learner = Learner(settings, [tokens], len(begun.tokenizer.vocabulary), begun.tokenizer.end, torch.device("cpu"))
    begun.place(learner)
    return settings, learner


def _at_random(model: PreTrainedModel) -> PreTrainedModel:
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in model.parameters():
            weight += 0.3 * torch.randn(weight.shape, generator=generator)
    return model.eval()
