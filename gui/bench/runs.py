"""Opening a run of a million steps against TensorBoard's own loader, scrubbing through it, and what recording costs.

Both sides read the same numbers in processes of their own, in turn; the ratio is that of their medians.
"""

import json
import subprocess
import sys
from collections import deque
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from engine.bench import tensorboard_loader
from engine.bench.long_run import write_long_run
from engine.bench.record_share import TINY, record_share
from engine.logs.exporting import write_log
from engine.trouble import Trouble

SERIES = 8  # numbers of a step


def runs(steps: int, rounds: int, python: str, trained: int) -> dict[str, Any]:
    """The figures of the benchmark, by the keys of its JSON line; `python` has TensorBoard."""
    require_tensorboard(python)
    with TemporaryDirectory() as place:
        run, log = Path(place) / "run", Path(place) / "log"
        write_long_run(run, steps)
        log.mkdir()
        deque(write_log(run, "tfevents", log), maxlen=0)
        ours, theirs = [], []
        for _ in range(rounds):
            ours += [measured(sys.executable, "-m", "gui.bench.opened", str(run)) for _ in range(2)]
            theirs.append(measured(python, str(Path(tensorboard_loader.__file__)), str(log)))
        size = sum(path.stat().st_size for path in run.rglob("*") if path.is_file())
    middle = {key: median(one[key] for one in ours) for key in ours[0]}
    loaded = median(one["load_s"] for one in theirs)
    return {
        "steps": steps,
        "series": SERIES,
        "tensorboard_numbers": int(theirs[0]["numbers"]),
        "tensorboard_s": round(loaded, 2),
        "open_s": round(middle["open_s"], 3),
        "open_vs_tensorboard": round(loaded / middle["open_s"], 1),
        "open_mb": round(middle["open_mb"], 1),
        "scrub_ms": round(middle["scrub_ms"], 1),
        "scrub_disk_ms": round(middle["scrub_disk_ms"], 1),
        "run_mb": round(size / 1e6, 1),
        "record_share": round(record_share(trained), 5),
        "record_share_tiny": round(record_share(10 * trained, TINY), 5),
    }


def measured(*command: str) -> dict[str, float]:
    """The last line a process prints, which is JSON. Raises Trouble when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(
            f"{command[1]} failed: {done.stderr.strip().splitlines()[-1:]}.", "See whether it runs by itself."
        )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def require_tensorboard(python: str) -> None:
    """Raises Trouble, before anything is written, where there is none to measure against."""
    code = "import tensorboard.backend.event_processing.event_accumulator"
    try:
        subprocess.run([python, "-c", code], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            "There is no TensorBoard to measure against.",
            "Install it beside this program, or name a Python that has it: --python PATH.",
        ) from error
