"""What exported files are called: by run, panel and step, in letters that every file system takes."""

import re
import unicodedata

from gui.export.provenance import Provenance

MOST_LETTERS = 100  # of one part of a name


def file_name(origin: Provenance, ending: str) -> str:
    """Such as amber-heron-loss-2418.pdf; runs and panels may be called anything."""
    parts = (plain_name(origin.run) or "run", plain_name(origin.panel).lower(), str(origin.step))
    return "-".join(part for part in parts if part) + f".{ending}"


def plain_name(words: str) -> str:
    """Letters of any script, digits and hyphens; what else there is becomes a hyphen."""
    letters = unicodedata.normalize("NFC", words)
    return re.sub(r"[\W_]+", "-", letters)[:MOST_LETTERS].strip("-")
