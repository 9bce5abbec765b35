"""`terrarium doctor`: says what was found on this machine, and whether it works.

torch and Qt are tried in processes of their own, so that a crash of theirs is a finding and not the end.
"""

import json as json_text
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

import psutil

from engine import system_libraries
from engine.folders import cache_folder, config_file, runs_folder
from engine.processor import processor, usable_threads

DISTRIBUTION = "lm-terrarium"
PACKAGES = (
    "torch",
    "tokenizers",
    "safetensors",
    "numpy",
    "pydantic",
    "tyro",
    "PySide6-Essentials",
    "shiboken6",
)
READERS = {  # package: what is read with it, and the extra that brings it
    "pyarrow": ("Parquet", "data"),
    "zstandard": ("zstd", "data"),
    "pypdf": ("PDF", "pdf"),
    "datasets": ("data sets of Hugging Face", "hf"),
}
TOO_LITTLE, SCARCE = 0.3, 1.5  # GB of memory or disk: nothing works, little works
PATIENCE = 60  # seconds for one trial

TRY_TORCH = """
import json, torch
numbers = torch.randn(64, 64)
assert (numbers @ numbers).isfinite().all(), "a product of small numbers is not finite"
device = torch.cuda.get_device_name(0) if torch.cuda.is_available() else "CPU"
device = "Apple GPU (MPS)" if torch.backends.mps.is_available() else device
print(json.dumps({"threads": torch.get_num_threads(), "device": device}))
"""
TRY_WINDOW = """
import json
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(["terrarium"])
label = QLabel("Terrarium")
label.show()
application.processEvents()
screen = application.primaryScreen()
size = f"{screen.size().width()} x {screen.size().height()} at {100 * screen.devicePixelRatio():.0f} %"
print(json.dumps({"platform": application.platformName(), "screen": size}))
"""

State = Literal["fine", "note", "problem"]


class Finding(NamedTuple):
    """One thing that was looked at; `advice` says what to do, where there is something."""

    topic: str
    found: str
    state: State = "fine"
    advice: str = ""


class Outcome(NamedTuple):
    """What a process of its own said: facts, or why there are none."""

    facts: dict[str, Any]
    trouble: str


def doctor(json: bool = False) -> int:
    """Say what was found on this machine, and whether it works.

    Args:
        json: Print one JSON object.
    """
    findings = examine()
    works = all(finding.state != "problem" for finding in findings)
    if json:
        print(json_text.dumps({"works": works, "findings": [finding._asdict() for finding in findings]}))
    else:
        print(report(findings))
    return 0 if works else 1


def examine() -> list[Finding]:
    """Everything, in the order in which one would ask."""
    return [
        python(),
        *packages(),
        readers(),
        cpu(),
        *torch(),
        memory(),
        disk(),
        *folders(),
        assets(),
        *libraries(),
        *window(),
    ]


def report(findings: list[Finding]) -> str:
    """For people: a line a finding, what to do below it, and one closing line."""
    lines = []
    for topic, found, state, advice in findings:
        lines.append(f"{state:8} {topic:20} {found}")
        if advice:
            lines.append(f"{'':8} {'':20} > {advice}")
    problems = sum(finding.state == "problem" for finding in findings)
    end = "Everything that is needed works." if not problems else f"Problems: {problems}. What to do stands below each."
    return "\n".join([*lines, "", end])


def python() -> Finding:
    """Its version and where it is."""
    return Finding("Python", f"{platform.python_version()} on {platform.platform(terse=True)}, {sys.executable}")


def packages() -> Iterator[Finding]:
    """Versions as installed; nothing is imported."""
    for name in (DISTRIBUTION, *PACKAGES):
        try:
            yield Finding(name, version(name), *unsound(name, version(name)))
        except PackageNotFoundError:
            yield absent(name)


def readers() -> Finding:
    """What can be read besides text, HTML, CSV, JSON and gzip."""
    there = [words for package, (words, _) in READERS.items() if find_spec(package)]
    extras = sorted({extra for package, (_, extra) in READERS.items() if not find_spec(package)})
    found = ", ".join(("text", "HTML", "CSV", "JSON Lines", "gzip", *there))
    if not extras:
        return Finding("Can read", found)
    return Finding("Can read", found, "note", f'For more formats: pip install "{DISTRIBUTION}[{",".join(extras)}]"')


def absent(name: str) -> Finding:
    """A package that is not there; without Qt, training without a window works."""
    if name == DISTRIBUTION:
        return Finding(name, "run from a folder, not installed", "note", "To have the command terrarium: make setup")
    if name in ("PySide6-Essentials", "shiboken6"):
        return Finding(name, "not installed", "note", f"No window without it: pip install {name}")
    return Finding(name, "not installed", "problem", f"pip install {name}")


def unsound(name: str, installed: str) -> tuple[State, str]:
    """Versions of Qt that are known to crash."""
    parts = tuple(int(part) for part in installed.split(".")[:3] if part.isdigit())
    crashes = not (6, 8, 3) <= parts < (6, 11) or parts in ((6, 9, 0), (6, 9, 1))
    if name == "PySide6-Essentials" and crashes:
        return "problem", 'This version is known to crash: pip install "PySide6-Essentials==6.10.3"'
    return "fine", ""


def cpu() -> Finding:
    """Model, instructions, and how many of it this process may use."""
    model, features = processor()
    known = "instructions not known" if features is None else ", ".join(features) or "no fast instructions"
    usable = usable_threads()
    cores = psutil.cpu_count(logical=False) or usable
    return Finding("Processor", f"{model} ({known}), {cores} cores, {usable} threads usable")


def torch() -> Iterator[Finding]:
    """Whether it computes, and on what."""
    facts, trouble = attempt(TRY_TORCH)
    if trouble:
        yield Finding("torch works", trouble, "problem", "Install it anew: pip install --force-reinstall torch")
        return
    yield Finding("torch works", f"yes, with {facts['threads']} threads")
    yield Finding("Device", facts["device"])


def memory() -> Finding:
    """Free memory in GB."""
    there = psutil.virtual_memory()
    words = f"{there.available / 1e9:.1f} GB free of {there.total / 1e9:.1f} GB"
    return scarcity("Memory", words, there.available / 1e9, "Close other programs, or choose a small model.")


def disk() -> Finding:
    """Free space where runs are recorded, in GB."""
    free = shutil.disk_usage(existing(runs_folder())).free / 1e9
    return scarcity(
        "Disk", f"{free:.1f} GB free for runs", free, "Make room, or set TERRARIUM_HOME to a folder elsewhere."
    )


def scarcity(topic: str, words: str, free: float, advice: str) -> Finding:
    """`free` is in GB."""
    if free >= SCARCE:
        return Finding(topic, words)
    return Finding(topic, words, "problem" if free < TOO_LITTLE else "note", advice)


def folders() -> Iterator[Finding]:
    """Where things are kept, and whether they may be written."""
    for topic, folder in (("Runs", runs_folder()), ("Cache", cache_folder()), ("Settings", config_file().parent)):
        if os.access(existing(folder), os.W_OK):
            yield Finding(topic, str(folder))
        else:
            advice = "Allow writing there, or set TERRARIUM_HOME to a folder that is yours."
            yield Finding(topic, f"{folder} cannot be written", "problem", advice)


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def assets() -> Finding:
    """Whether the program's own files came along."""
    names = sorted(part.name for part in files("assets").iterdir() if part.is_dir() and not part.name.startswith("_"))
    if names:
        return Finding("Assets", ", ".join(names))
    return Finding("Assets", "none", "problem", "Install Terrarium anew.")


def libraries() -> Iterator[Finding]:
    """What Qt needs of the system."""
    lacking, fonts = system_libraries.missing(), system_libraries.missing_fonts()
    if lacking:
        names = ", ".join(thing.file or "a font" for thing in lacking)
        state: State = "note" if all(thing.for_window for thing in lacking) else "problem"
        yield Finding("System libraries", f"missing: {names}", state, system_libraries.advice(lacking))
    else:
        yield Finding("System libraries", "complete")
    if fonts:
        names = ", ".join(font.file for font in fonts)
        yield Finding("Fonts", f"others stand in for {names}", "note", system_libraries.advice(fonts))


def window() -> Iterator[Finding]:
    """Whether a window can be opened; without a screen, whether one can be drawn."""
    if absent_qt():
        return
    screen = has_screen()
    facts, trouble = attempt(TRY_WINDOW, {} if screen else {"QT_QPA_PLATFORM": "offscreen"})
    if trouble:
        yield Finding(
            "Window", trouble, "problem", "See the system libraries above, and try QT_QPA_PLATFORM=offscreen."
        )
    elif screen:
        yield Finding("Window", f"opens on {facts['platform']}, {facts['screen']}")
    else:
        advice = "The window needs a screen; train, bench and screenshot work without (QT_QPA_PLATFORM=offscreen)."
        yield Finding("Window", "there is no screen; Qt draws without one", "note", advice)


def absent_qt() -> bool:
    """Whether Qt is not installed, which `packages` has said."""
    try:
        version("PySide6-Essentials")
    except PackageNotFoundError:
        return True
    return False


def has_screen() -> bool:
    """Whether Qt would find a screen, or was told to do without."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def attempt(code: str, environment: dict[str, str] | None = None) -> Outcome:
    """Run Python code that prints facts as JSON, in a process of its own."""
    command = [sys.executable, "-c", code]
    surroundings = {**os.environ, **(environment or {})}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=PATIENCE, env=surroundings, check=False
        )
    except subprocess.TimeoutExpired:
        return Outcome({}, f"no answer within {PATIENCE} seconds")
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing"]
        if done.returncode < 0:  # a signal: what Qt says first is why
            return Outcome({}, f"crashed, and said: {said[0]}")
        return Outcome({}, said[-1])
    return Outcome(json_text.loads(done.stdout.strip().splitlines()[-1]), "")
