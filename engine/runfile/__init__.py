"""A run on disk: one SQLite file with one table for each kind of event and one column for each field.

`SELECT step, loss FROM stepped` works in any tool. Arrays are compressed .npy blobs; nothing is ever unpickled.
"""

from engine.runfile.reader import Reader
from engine.runfile.rows import highest_recorded_floor, last_recorded_step, read_events
from engine.runfile.schema import FILE_NAME, SCHEMA, program_version, table
from engine.runfile.writer import RunFile

__all__ = [
    "FILE_NAME",
    "SCHEMA",
    "Reader",
    "RunFile",
    "highest_recorded_floor",
    "last_recorded_step",
    "program_version",
    "read_events",
    "table",
]
