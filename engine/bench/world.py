"""What the built-in texts tell to whoever knows their rules: the least loss that any model can reach."""

from itertools import islice
from typing import Any

from engine.corpus.world import told
from engine.corpus.world.surprise import surprise
from engine.corpus.world.telling import WRITERS


def world(megabytes: float, documents: int) -> dict[str, Any]:
    """Of so much of each text; the exact figure is that of the first few documents, as it takes long."""
    return {"rows": [_row(name, megabytes, documents) for name in WRITERS]}


def _row(name: str, megabytes: float, documents: int) -> dict[str, Any]:
    pieces = list(told(name, megabytes))
    nats = sum(piece.nats for piece in pieces)
    characters = sum(len(piece.text) for piece in pieces)
    first = list(islice(pieces, documents))
    above = sum(piece.nats - surprise(name, piece.text) for piece in first) / sum(piece.nats for piece in first)
    return {
        "text": name,
        "documents": len(pieces),
        "copies": len(pieces) - len({piece.text for piece in pieces}),
        "characters": round(characters / len(pieces)),
        "nats": round(nats / len(pieces), 2),
        "per_character": round(nats / characters, 4),
        "per_byte": round(nats / pieces[-1].at, 4),
        "above_exact": f"{above:.1e}",
    }
