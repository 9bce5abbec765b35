"""A set-up: all that makes an experiment what it is, as one small JSON file that restores it on another machine.

Settings, which texts with their hashes, where to stop, and how the window looked. What a newer version has written
and this one does not know is said and left out; what cannot be is refused.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.aside import file_aside
from engine.corpus.place import shown
from engine.runfile import program_version
from engine.settings import Settings
from engine.trouble import Trouble

FORMAT: Literal["terrarium set-up"] = "terrarium set-up"
VERSION = 1
ENDING = ".terrarium.json"
LARGEST = 1_000_000  # bytes
SAID = 8  # names that are listed in a sentence
ANOTHER = "Choose a file that ends in .terrarium.json."
Facts = dict[str, Any]
MIGRATIONS: Mapping[int, Callable[[Facts], Facts]] = MappingProxyType({})  # from this version to the next

Words = Annotated[str, Field(max_length=10_000)]


class Part(BaseModel):
    """Frozen plain values."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Text(Part):
    """One text of the corpus as it was."""

    source: Words  # as it stands in the settings
    name: Words  # for people
    size: Annotated[int, Field(ge=0)] | None = None  # bytes
    hash: Annotated[str, Field(max_length=100)] = ""  # same hash, same text; empty where it was not known


class Look(Part):
    """How the window looked; whatever is unknown there is as usual."""

    layout: Annotated[str, Field(max_length=100)] = ""
    places: Words = ""  # of the panels, where they were moved by hand, base64
    panels: dict[str, dict[str, Any]] = {}  # options by the panel's title


class Setup(Part):
    format: Literal["terrarium set-up"] = FORMAT  # by which such a file is known
    version: int = VERSION
    program: Words = Field(default_factory=program_version)  # that wrote it
    name: Words = ""
    settings: Settings
    texts: tuple[Text, ...] = ()
    files: tuple[Text, ...] = ()  # besides them: a tokenizer.json
    stop_at: Annotated[int, Field(ge=1, le=2**53)] | None = None  # step; None: the horizon
    window: Look = Look()


class Loaded(NamedTuple):
    setup: Setup
    notes: tuple[str, ...]  # sentences: what could not be understood


def save(setup: Setup, path: Path, overwrite: bool = False) -> Path:
    """Write it, whole or not at all; its name gets the ending it needs. Raises Trouble."""
    path = named(path)
    with file_aside(path, overwrite) as aside:
        aside.write_text(written(setup), "utf-8")
    return path


def named(path: Path) -> Path:
    """With the ending by which a set-up is known."""
    return path if path.name.endswith(ENDING) or not path.name else path.with_name(f"{path.stem}{ENDING}")


def is_setup(path: Path) -> bool:
    """Whether its name says that it is one."""
    return path.name.endswith(ENDING) and path.is_file()


def written(setup: Setup) -> str:
    """The text of the file."""
    return json.dumps(setup.model_dump(mode="json"), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def load(path: Path) -> Loaded:
    """Raises Trouble that says what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST:
            raise Trouble(f"{shown(path.name)} is too large to be a set-up.", ANOTHER)
        return parse(path.read_text("utf-8-sig"), shown(path.name))
    except OSError as error:
        raise Trouble(f"{shown(path)} cannot be read: {error.strerror}.", "Choose another file.") from error
    except UnicodeDecodeError as error:
        raise Trouble(f"{shown(path.name)} is no set-up: it is not text.", ANOTHER) from error


def parse(text: str, name: str) -> Loaded:
    """What such a file says; `name` is how a person knows it."""
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Trouble(f"{name} is damaged, or no set-up: {shown(str(error)[:100])}.", ANOTHER) from error
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise Trouble(f"{name} is no set-up of Terrarium.", ANOTHER)
    version = facts.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Trouble(f"{name} does not say which version of a set-up it is.", ANOTHER)
    unknown: list[str] = []
    known = _known(_migrated(facts, version), unknown)
    newer = version > VERSION
    try:
        setup = Setup.model_validate({**known, "version": VERSION})
    except Trouble as trouble:  # of the settings
        raise Trouble(f"{name} cannot be used: {trouble.message}", _advice(newer)) from trouble
    except ValidationError as error:
        first = error.errors()[0]
        where = shown(".".join(map(str, first["loc"]))[:100])
        raise Trouble(f"{name} cannot be used: {where}: {first['msg']}.", _advice(newer)) from error
    return Loaded(setup, tuple(_notes(newer, setup.program, unknown)))


def _advice(newer: bool) -> str:
    return "Open it with a newer version of Terrarium." if newer else "Mend it by hand, or choose another file."


def _notes(newer: bool, program: str, unknown: list[str]) -> list[str]:
    notes = [f"It was written by a newer version, {shown(program)}."] if newer else []
    if unknown:
        names = ", ".join(shown(one) for one in unknown[:SAID]) + (" …" if len(unknown) > SAID else "")
        notes.append(f"Not known here, and left out: {names}.")
    return notes


def _migrated(facts: Facts, version: int) -> Facts:
    """In the words of this version; a newer one is taken as it is."""
    for before in range(version, VERSION):
        facts = MIGRATIONS[before](facts)
    return facts


def _known(facts: Facts, unknown: list[str]) -> Facts:
    """Without the names that are not known here, which are noted."""
    kept = _fields(facts, Setup, "", unknown)
    for name, kind in (("settings", Settings), ("window", Look)):
        if isinstance(kept.get(name), dict):
            kept[name] = _fields(kept[name], kind, f"{name}.", unknown)
    for name in ("texts", "files"):
        if isinstance(kept.get(name), list):
            kept[name] = [
                _fields(one, Text, f"{name}.", unknown) if isinstance(one, dict) else one for one in kept[name]
            ]
    return kept


def _fields(facts: Facts, kind: type[BaseModel], where: str, unknown: list[str]) -> Facts:
    unknown += [f"{where}{name}"[:60] for name in facts if name not in kind.model_fields]
    return {name: value for name, value in facts.items() if name in kind.model_fields}
