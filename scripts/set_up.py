"""Makes .venv with the pinned packages, and what Qt needs of the system; quick when there is nothing to do.

Needs nothing but the standard library: `python scripts/set_up.py` is the whole set-up, on every system.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from engine import system_libraries  # noqa: E402 - the checkout is not installed yet

CONSTRAINTS = ROOT / "constraints.txt"
CHOOSE_TORCH = """On this system pip's torch brings NVIDIA's libraries along, about 3 GB. Choose one:
  with an NVIDIA GPU, or if the size does not matter:  make setup TORCH=cuda
  small, for the processor:                            make setup TORCH_INDEX=ADDRESS
where ADDRESS is the --index-url that pytorch.org, Get started, shows for Pip and CPU."""


def main() -> None:
    """Set up, or end with a sentence that says what to do."""
    choices = read_choices()
    stamp = choices.venv / "terrarium.json"
    before = read_stamp(stamp)
    choices.torch = choices.torch or before.get("torch", "cpu")
    wanted = {"torch": choices.torch, "python": sys.version.split()[0], "inputs": inputs(choices)}
    check_system_libraries()
    if before == wanted:
        return
    stamp.unlink(missing_ok=True)
    install_fonts()
    python = make_venv(choices.venv)
    install_packages(python, choices.what, choices.torch, changed=before.get("torch", choices.torch) != choices.torch)
    stamp.write_text(json.dumps(wanted))
    say("Ready.")


def read_choices() -> argparse.Namespace:
    """The command line; without one, a development set-up of this checkout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what", nargs="*", help="what to install (default: this checkout, to be edited, with the tools)"
    )
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv", help="folder of the environment")
    parser.add_argument("--torch", choices=("cpu", "cuda"), default=os.environ.get("TORCH") or None)
    choices = parser.parse_args()
    if choices.torch not in (None, "cpu", "cuda"):
        parser.error(f"TORCH={choices.torch} is not known; it may be cpu or cuda.")
    choices.what = choices.what or ["-e", f"{ROOT}[dev]"]
    return choices


def inputs(choices: argparse.Namespace) -> str:
    """Changes when the set-up has to be done again."""
    texts = [str(ROOT), *choices.what, CONSTRAINTS.read_text("utf-8"), (ROOT / "pyproject.toml").read_text("utf-8")]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def read_stamp(stamp: Path) -> dict[str, str]:
    """What the set-up was done for, or nothing."""
    try:
        return dict(json.loads(stamp.read_text()))
    except (OSError, ValueError):
        return {}


def check_system_libraries() -> None:
    """Install what Qt lacks if no password is needed, and say what else would."""
    lacking = system_libraries.missing()
    if not lacking:
        return
    say(f"Qt needs {len(lacking)} system libraries that are not here. Installing them if that needs no password.")
    system_libraries.install(lacking)
    lacking = system_libraries.missing()
    if not lacking:
        return
    say(f"Still missing: {', '.join(thing.file or 'a font' for thing in lacking)}. This line installs them:")
    say(f"  {system_libraries.advice(lacking)}")
    if not all(thing.for_window for thing in lacking):
        sys.exit("Qt cannot start without them. Run that line, then the same command again.")


def install_fonts() -> None:
    """Get the two fonts of the design where the system offers them; others stand in for them."""
    lacking = system_libraries.missing_fonts()
    if lacking and system_libraries.family():
        say("Getting the fonts Inter and JetBrains Mono, if that needs no password.")
        if not system_libraries.install(lacking):
            say(f"  Other fonts stand in for them. To have them: {system_libraries.advice(lacking)}")


def make_venv(venv: Path) -> Path:
    """Make the environment unless one with this version of Python is there; returns its Python."""
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if version_of(python) == f"{sys.version_info.major}.{sys.version_info.minor}":
        return python
    need_ensurepip()
    say(f"Making {venv.name} with Python {sys.version.split()[0]}.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=False)
    if made.returncode:
        sys.exit(f"The folder {venv} could not be made. Is there room on the disk, and may you write here?")
    return python


def version_of(python: Path) -> str | None:
    """Such as 3.11; None where there is no Python that runs and has pip."""
    code = "import sys, pip; print(*sys.version_info[:2], sep='.')"
    try:
        return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def need_ensurepip() -> None:
    """Debian and Ubuntu keep it in a package of its own."""
    if importlib.util.find_spec("ensurepip"):
        return
    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    package = system_libraries.Needed("", name, "python3", "python")
    say(f"This Python lacks its package {name}. Installing it if that needs no password.")
    system_libraries.install([package])
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        sys.exit(f"Install it, then run the same command again: {system_libraries.advice([package])}")


def install_packages(python: Path, what: list[str], torch: str, changed: bool) -> None:
    """Install with the pinned versions; torch as a CPU build unless CUDA is wanted."""
    if changed:
        pip(python, "uninstall", "-y", "-q", "torch")
    index = os.environ.get("TORCH_INDEX")
    source = ["--extra-index-url", index] if index else []
    if torch == "cpu" and not index and offers_only_cuda(python):
        sys.exit(CHOOSE_TORCH)
    say(f"Installing the packages, torch for {torch.upper()}: a few minutes the first time.")
    if pip(python, "install", "-qq", "-c", str(CONSTRAINTS), *source, *what):
        sys.exit(
            "The packages could not be installed; the lines above say why. "
            "If there is no network, connect and run the same command again: what was fetched is kept."
        )
    if torch == "cpu" and sys.platform.startswith("linux") and shutil.which("nvidia-smi"):
        say("There is an NVIDIA GPU here. To train on it, run once: make setup TORCH=cuda (several GB).")


def offers_only_cuda(python: Path) -> bool:
    """Whether torch, as it would be installed, brings NVIDIA's libraries along; so it is on Linux only."""
    if not sys.platform.startswith("linux"):
        return False
    with TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        options = ("--dry-run", "--ignore-installed", "--no-deps", "--report", str(report))
        if pip(python, "install", "-qq", *options, "-c", str(CONSTRAINTS), "torch", aloud=False):
            return False  # the installation itself will say why
        requirements = json.loads(report.read_text())["install"][0]["metadata"].get("requires_dist", [])
    return any(name.startswith(("nvidia-", "cuda-")) and "extra ==" not in name for name in requirements)


def pip(python: Path, *arguments: str, aloud: bool = True) -> int:
    """Run pip; returns its exit code."""
    calm = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    output = None if aloud else subprocess.DEVNULL
    done = subprocess.run([python, "-m", "pip", *arguments], env=calm, stdout=output, stderr=output, check=False)
    return done.returncode


def say(line: str) -> None:
    """One calm line."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
