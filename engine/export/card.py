"""The card of an exported model: what it is, where it is from, and how its text begins and ends."""

import re
from pathlib import PurePath

from engine.export.grown import Grown
from engine.export.tokenizer_json import TokenizerFile
from engine.runfile import program_version
from engine.settings import Settings
from engine.size import key_value_heads, parameters

MARKUP = re.compile(r"([\\`*_{}\[\]<>()#.|~&$:@])")  # of Markdown within a line, and what links are made of
SHAPES = {"modern": "the shape of Qwen3", "gpt2": "the shape of GPT-2"}


def card(model: Grown, file: TokenizerFile) -> str:
    """A README.md in Markdown; names from outside are escaped, and of a path only its last part is told."""
    facts = "\n".join(f"| {name} | {value} |" for name, value in _facts(model))
    return CARD.format(
        name=plain(model.name),
        facts=facts,
        end=file.end,
        number=model.tokenizer.end,
        context=f"{model.settings.context:,}",
        gap=_gap(model),
        version=program_version(),
    )


def plain(text: str) -> str:
    """Words of a stranger, with nothing that Markdown or HTML would obey."""
    signs = "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in text)
    return MARKUP.sub(r"\\\1", signs)


def _facts(model: Grown) -> list[tuple[str, str]]:
    settings = model.settings
    keys = key_value_heads(settings)
    shared = f" ({keys} of keys and values)" if keys != settings.heads else ""
    return [
        ("Architecture", f"{settings.architecture}, {SHAPES[settings.architecture]}"),
        ("Parameters", f"{parameters(settings, model.vocabulary):,}"),
        ("Layers, heads, width", f"{settings.layers}, {settings.heads}{shared}, {settings.width}"),
        ("Context", f"{settings.context:,} tokens"),
        ("Vocabulary", f"{model.vocabulary:,} tokens, {settings.tokenizer}"),
        *(
            [("Began with", f"published weights, {plain(_last_part(settings.begin_with))}")]
            if settings.begin_with
            else []
        ),
        ("Trained on", ", ".join(plain(_last_part(text)) for text in settings.corpus)),
        *([("Spoilt on purpose", spoilt)] if (spoilt := _spoilt(settings)) else []),
        ("Trained for", f"{model.step:,} steps, {model.tokens_seen:,} tokens"),
        ("Weights", "averaged over the last steps" if model.averaged else "of that step"),
    ]


def _last_part(text: str) -> str:
    """Where it lay on a machine is nobody's business."""
    return PurePath(text.replace("\\", "/")).name or text


def _spoilt(settings: Settings) -> str:
    shares = {name: getattr(settings, name) for name in ("duplicates", "typos", "shuffled", "boilerplate")}
    return ", ".join(f"{name} {100 * share:.0f} %" for name, share in shares.items() if share)


def _gap(model: Grown) -> str:
    if not model.special:
        return ""
    prefix, suffix, middle = (f"`{name}`" for name in model.special)
    first = len(model.tokenizer.vocabulary)
    return (
        f"\nIt also fills gaps: after {prefix}, the text before the gap, {suffix}, the text after it and {middle}"
        f" it writes what stands between. These are the tokens {first}, {first + 1} and {first + 2}.\n"
    )


CARD = """---
library_name: transformers
pipeline_tag: text-generation
tags:
- lm-terrarium
---

# {name}

A small language model, trained with LM Terrarium {version}, in which it could be watched while it learned.

| | |
|---|---|
{facts}

```python
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("this-folder")
model = AutoModelForCausalLM.from_pretrained("this-folder")
prompt = torch.tensor([[{number}, *tokenizer("Once upon a time").input_ids]])
print(tokenizer.decode(model.generate(prompt)[0]))
```

A text begins after the token {number}, `{end}`, and ends with it. Without it in front, as above, the first guesses
differ. Its signs in a prompt are plain signs, for no text of a training corpus can end a document. The model sees
{context} tokens at once.
{gap}
A model of this size knows next to nothing of the world: it writes what its text might say.
"""
