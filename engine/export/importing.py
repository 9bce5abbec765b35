"""What lies in the folder of a published model, told without loading it: its shape, its size, and what is left out.

Read are config.json, model.safetensors (or its parts) and tokenizer.json as `transformers` saves them; a pickle never.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from engine.corpus.place import shown
from engine.export.importing_config import Gpt2, Qwen3, json_of, read_config, shape_of
from engine.export.importing_names import EMBEDDING, full_name
from engine.export.importing_numbers import has_biases, has_own_head
from engine.fitting import nearest_that_fits
from engine.settings import Settings
from engine.size import memory, parameters
from engine.trouble import Trouble

CONFIG, WEIGHTS, INDEX, TOKENIZER = "config.json", "model.safetensors", "model.safetensors.index.json", "tokenizer.json"
PICKLES = ("pytorch_model.bin", "pytorch_model.bin.index.json", "model.pt", "model.pth", "model.ckpt")
CONVERT = (
    "Convert it where you trust it: transformers.AutoModelForCausalLM.from_pretrained(FOLDER)"
    ".save_pretrained(NEW_FOLDER) writes safetensors."
)
SPARE = 0.9  # of the free memory may be used
GOING_ON = {"learning_rate": 1e-4, "batch_size": 8, "micro_batches": 1}  # what has learned already is corrected gently
MOST_VOCABULARY = 32768  # that the settings can say; only to forecast with
Shape = tuple[int, ...]


class Published(NamedTuple):
    """A model that can be begun with."""

    folder: Path
    settings: Settings  # of a run that begins with it
    tokens: int  # of its vocabulary, the end token among them
    end: int | None  # of its own tokens the one between documents; None: one is added
    parameters: int
    notes: tuple[str, ...]  # what is not as it was published, a sentence each


def look_into(folder: Path, chosen: Settings) -> Published:
    """The model in `folder`; what does not go with it is as in `chosen`. Raises Trouble, and loads no weights."""
    folder = Path(folder).expanduser().absolute()
    config = read_config(folder)
    shape = shape_of(config)
    shapes = shapes_in(folder, shape["architecture"])
    tokenizer = tokenizer_json(folder)
    pieces, end = pieces_in(tokenizer), end_of(config, folder, tokenizer)
    rows = rows_of(shapes, shape["architecture"])
    if rows < pieces:
        raise Trouble(
            f"The tokenizer has {pieces:,} tokens and the model {rows:,}: they do not belong together.",
            "Choose a folder in which both were saved together.",
        )
    shape |= told_by_numbers(folder, shape)
    tokens = pieces + (end is None)
    begun = Settings(**{**chosen.model_dump(), **GOING_ON, **belonging(folder, tokens), **shape})
    fitting = that_fits(begun, tokens)
    notes = tuple(_notes(config, begun, fitting, rows, pieces, end))
    return Published(folder, fitting, tokens, end, parameters(fitting, tokens), notes)


def told_by_numbers(folder: Path, shape: dict[str, Any]) -> dict[str, bool]:
    """Of its shape what no config tells."""
    files, architecture = weight_files(folder), shape["architecture"]
    tied = shape["tied"] and not has_own_head(files, architecture)
    return {"tied": tied} | ({"biases": has_biases(files)} if architecture == "gpt2" else {})


def belonging(folder: Path, tokens: int) -> dict[str, Any]:
    """Settings that say where the model is and how it cuts text; `vocabulary` is only forecast with."""
    return {
        "begin_with": str(folder),
        "tokenizer": "file",
        "tokenizer_file": str(folder / TOKENIZER),
        "vocabulary": min(max(tokens, 260), MOST_VOCABULARY),
        "objective": "causal",
        "dropout": 0.0,
    }


def that_fits(settings: Settings, tokens: int) -> Settings:
    """The same model with a batch for which there is memory; as it is where there is none for any."""
    free = int(SPARE * psutil.virtual_memory().available)
    if memory(settings, tokens) <= free:
        return settings
    found = nearest_that_fits(settings, tokens, free)
    same = found and (found.layers, found.width) == (settings.layers, settings.width)
    return found if found and same else settings


# the files


def is_model(folder: Path) -> bool:
    """Whether a published model lies there, whatever can be made of it."""
    weights = (WEIGHTS, INDEX, TOKENIZER, *PICKLES)
    try:
        return (folder / CONFIG).is_file() and any((folder / name).is_file() for name in weights)
    except (OSError, ValueError):  # no name that a folder could have
        return False


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The safetensors files of the model. Trouble where there are none, or where they lie somewhere else."""
    if (folder / WEIGHTS).is_file():
        return (folder / WEIGHTS,)
    if (folder / INDEX).is_file():
        named = json_of(folder / INDEX).get("weight_map")
        names = sorted({str(name) for name in named.values()}) if isinstance(named, dict) else []
        if odd := [name for name in names if Path(name).name != name or not name.endswith(".safetensors")]:
            raise Trouble(f"A part of the model is called “{shown(odd[0][:80])}”.", "Choose a folder that is sound.")
        if lacking := [name for name in names if not (folder / name).is_file()]:
            raise Trouble(f"{shown(lacking[0])} is lacking in {shown(folder)}.", "Choose a folder that is whole.")
        if names:
            return tuple(folder / name for name in names)
    if pickled := [name for name in PICKLES if (folder / name).exists()]:
        raise Trouble(f"The weights in {pickled[0]} are a pickle, which could run any program.", CONVERT)
    raise Trouble(f"There is no {WEIGHTS} in {shown(folder)}.", "Choose the folder that a model was saved in.")


def shapes_in(folder: Path, architecture: str) -> dict[str, Shape]:
    """Of every weight, by its full name. Trouble where a file is damaged."""
    from safetensors import SafetensorError, safe_open

    shapes: dict[str, Shape] = {}
    for path in weight_files(folder):
        try:
            with safe_open(path, "numpy") as file:
                for name in file.keys():  # noqa: SIM118 - it is no dict
                    whole = full_name(name, architecture)
                    if whole in shapes:
                        raise Trouble(
                            f"The weight {shown(whole[:80])} is there twice.", "Choose a model that is whole."
                        )
                    shapes[whole] = tuple(file.get_slice(name).get_shape())
        except (SafetensorError, OSError, ValueError) as error:
            reason = shown(str(error)[:200])
            raise Trouble(
                f"{shown(path.name)} is damaged, or no safetensors file: {reason}.", "Fetch it again."
            ) from error
    return shapes


def rows_of(shapes: dict[str, Shape], architecture: str) -> int:
    """Tokens that the model knows. Trouble where it has no embedding."""
    shape = shapes.get(EMBEDDING[architecture], ())
    if len(shape) != 2:
        raise Trouble("The weights have no token embedding.", "Choose a folder with a whole model.")
    return shape[0]


def tokenizer_json(folder: Path) -> dict[str, Any]:
    """As it lies there. Trouble where there is none."""
    from engine.tokenizer.foreign import read

    if not (folder / TOKENIZER).is_file():
        raise Trouble(
            f"There is no {TOKENIZER} in {shown(folder)}.",
            "transformers.AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER) writes one.",
        )
    try:
        found = json.loads(read(str(folder / TOKENIZER)))
    except (ValueError, RecursionError) as error:
        raise Trouble(f"{TOKENIZER} is damaged: {shown(str(error)[:200])}.", "Fetch it again.") from error
    if not isinstance(found, dict) or not isinstance(found.get("model"), dict):
        raise Trouble(f"{TOKENIZER} is none of the tokenizers library.", "Choose another model.")
    return found


def pieces_in(tokenizer: dict[str, Any]) -> int:
    """Tokens of the library, added ones among them."""
    words = tokenizer["model"].get("vocab")
    highest = len(words) - 1 if isinstance(words, list | dict) else -1
    return 1 + max([highest, *_added(tokenizer)])


def end_of(config: Gpt2 | Qwen3, folder: Path, tokenizer: dict[str, Any]) -> int | None:
    """The token that ends a document, where it is one that no text can have."""
    said: Any = config.eos_token_id
    if said is None and (folder / "generation_config.json").is_file():
        said = json_of(folder / "generation_config.json").get("eos_token_id")
    numbers = said if isinstance(said, list) else [said]
    special = {number for number, token in _added(tokenizer).items() if token.get("special") is True}
    return next((number for number in numbers if isinstance(number, int) and number in special), None)


def _added(tokenizer: dict[str, Any]) -> dict[int, dict[str, Any]]:
    listed = tokenizer.get("added_tokens")
    tokens = [token for token in listed if isinstance(token, dict)] if isinstance(listed, list) else []
    return {token["id"]: token for token in tokens if isinstance(token.get("id"), int)}


def _notes(
    config: Gpt2 | Qwen3, begun: Settings, fitting: Settings, rows: int, pieces: int, end: int | None
) -> Iterator[str]:
    longest = config.n_positions if isinstance(config, Gpt2) else config.max_position_embeddings
    if longest > begun.context:
        yield f"Of its context of {longest:,} tokens {begun.context:,} are used."
    if rows > pieces:
        yield f"{rows - pieces:,} rows of its vocabulary stand for no token and are left out."
    if config.tie_word_embeddings and not begun.tied:
        yield "Its output matrix is one of its own, whatever its config.json says."
    if end is None:
        yield "It names no token between documents, so one is added that it knows nothing of."
    if (fitting.batch_size, fitting.micro_batches) != (begun.batch_size, begun.micro_batches):
        yield f"To fit the memory there is, a batch has {fitting.batch_size} windows in {fitting.micro_batches} parts."
