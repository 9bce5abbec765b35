"""What kind of file it is: by its name, else by how it begins; anything without zero bytes at its start is text."""

from pathlib import PurePath
from typing import Literal

from engine.corpus.encoding import mark_of

Kind = Literal["text", "table", "json lines", "parquet", "html", "pdf", "binary"]
LOOKED_AT = 8_000  # bytes from the beginning
PACKED_SUFFIXES = (".gz", ".gzip", ".zst", ".zstd")
SUFFIXES: dict[str, Kind] = {
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
PACKINGS = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
TEXTS = ("table", "json lines", "html")  # kinds that are text in some form
BEGINNINGS: dict[bytes, Kind] = {b"%PDF-": "pdf", b"PAR1": "parquet"}


def kind_of(name: str, start: bytes, encoding: str = "") -> Kind:
    """Of a file, from its first bytes once it is unpacked. An encoding says that it is text, whatever it looks like."""
    path = PurePath(name.lower())
    if path.suffix in PACKED_SUFFIXES:
        path = path.with_suffix("")
    if path.suffix in SUFFIXES and not (SUFFIXES[path.suffix] in TEXTS and _is_binary(start, encoding)):
        return SUFFIXES[path.suffix]
    known = next((kind for beginning, kind in BEGINNINGS.items() if start.startswith(beginning)), None)
    return known or ("binary" if _is_binary(start, encoding) else "text")


def packing_of(start: bytes) -> str:
    """By how it begins: "gzip", "zstd", or "" for neither."""
    return next((packing for mark, packing in PACKINGS.items() if start.startswith(mark)), "")


def _is_binary(start: bytes, encoding: str) -> bool:
    return b"\0" in start and not mark_of(start) and not encoding
