"""`terrarium bench`: measurements anyone can repeat; each prints a table, and with --json one JSON line last."""

import json as json_text
from typing import Annotated, Literal

import tyro

from gui.screen import draw_in_memory_without_one


def bench(
    name: Annotated[Literal["stream", "soak"], tyro.conf.Positional],
    json: Annotated[bool, tyro.conf.arg(help="Print one JSON object as the last line")] = False,
    pairs: Annotated[int, tyro.conf.arg(help="stream: pairs of blocks with and without drawing")] = 10,
    seconds: Annotated[float, tyro.conf.arg(help="stream: length of a block")] = 4.0,
    hours: Annotated[float, tyro.conf.arg(help="soak: simulated hours of training")] = 2.0,
) -> int:
    """Measure this machine: `stream` is what the live window costs, `soak` whether memory stays flat."""
    draw_in_memory_without_one()
    from gui.bench.soak import soak
    from gui.bench.stream import stream

    figures = stream(pairs, seconds) if name == "stream" else soak(hours)
    for key, value in figures.items():
        print(f"{key:24} {value}")
    if json:
        print(json_text.dumps(figures))
    return 0
