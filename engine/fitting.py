"""The nearest run that fits the memory there is: the same batch in parts, a smaller batch, a smaller model."""

from collections.abc import Iterator
from math import lcm

from engine.declared import knobs
from engine.settings import Settings
from engine.size import memory

MOST_PARTS = int(next(knob.high for knob in knobs(Settings) if knob.name == "micro_batches") or 1)
WIDTH_STEP = 32


def nearest_that_fits(settings: Settings, vocabulary: int, free: int) -> Settings | None:
    """In `free` bytes; parts come first, since they leave every number as it is. None: not even the smallest fits."""
    ways = in_parts(settings), smaller_batches(settings), smaller_models(settings), smaller_models_in_parts(settings)
    return next((found for way in ways if (found := first_that_fits(way, vocabulary, free))), None)


def what_fits(settings: Settings, vocabulary: int, free: int) -> str:
    """Advice: a smaller model with the batch as it is, or the batch in parts; else whatever is nearest."""
    parts = first_that_fits(in_parts(settings), vocabulary, free)
    model = first_that_fits(smaller_models(settings), vocabulary, free)
    if parts and model:
        return f"{_shape(model)} would fit, or the batch in {parts.micro_batches} parts."
    found = nearest_that_fits(settings, vocabulary, free)
    if found is None:
        return "Choose a shorter context, a smaller batch or a smaller vocabulary."
    changes = []
    if (found.layers, found.width) != (settings.layers, settings.width):
        changes.append(_shape(found))
    if found.batch_size != settings.batch_size:
        changes.append(f"a batch of {found.batch_size} window{'s' if found.batch_size > 1 else ''}")
    if found.micro_batches > settings.micro_batches:
        changes.append(f"the batch in {found.micro_batches} parts")
    text = " with ".join(changes)
    return f"{text[0].upper()}{text[1:]} would fit."


def _shape(settings: Settings) -> str:
    return f"{settings.layers} layer{'s' if settings.layers > 1 else ''} of width {settings.width}"


def first_that_fits(candidates: Iterator[Settings], vocabulary: int, free: int) -> Settings | None:
    """Candidates come largest first."""
    return next((one for one in candidates if memory(one, vocabulary) <= free), None)


def in_parts(settings: Settings) -> Iterator[Settings]:
    """The batch in 2, 4, 8 … parts."""
    parts = 2
    while parts <= min(MOST_PARTS, settings.batch_size):
        if parts > settings.micro_batches:
            yield settings.model_copy(update={"micro_batches": parts})
        parts *= 2


def smaller_batches(settings: Settings) -> Iterator[Settings]:
    """Halved again and again."""
    size = settings.batch_size // 2
    while size:
        yield settings.model_copy(update={"batch_size": size, "micro_batches": min(size, settings.micro_batches)})
        size //= 2


def smaller_models(settings: Settings) -> Iterator[Settings]:
    """Narrower with fewer layers, in about the same proportion; at last only fewer layers."""
    step = lcm(2 * settings.heads, WIDTH_STEP)
    widths = [width for width in range(settings.width, 0, -1) if width == settings.width or width % step == 0]
    layers = settings.layers
    for width in widths:
        layers = max(1, round(settings.layers * width / settings.width))
        if width < settings.width:
            yield settings.model_copy(update={"width": width, "layers": layers})
    for fewer in range(layers - 1, 0, -1):
        yield settings.model_copy(update={"width": widths[-1], "layers": fewer})


def smaller_models_in_parts(settings: Settings) -> Iterator[Settings]:
    """The same with the batch in as many parts as there can be."""
    for parted in [settings, *in_parts(settings)][-1:]:
        yield from smaller_models(parted)
