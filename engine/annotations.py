"""What a person has written on a run: its name, words about it, and notes at its steps."""

from typing import NamedTuple


class Note(NamedTuple):
    key: int  # of its row, for changing it
    step: int
    text: str
    made: str  # ISO 8601, with the zone


class Annotations(NamedTuple):
    name: str = ""  # empty: as its folder
    comment: str = ""
    tags: tuple[str, ...] = ()
    group: str = ""  # runs that were begun as one action have the same
    notes: tuple[Note, ...] = ()  # by step
