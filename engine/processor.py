"""What processor this is and which of its instructions speed up training, as far as the system tells."""

import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import psutil

# what a feature is called by the system, and by people
NAMES = {
    "avx2": "AVX2",
    "avx512f": "AVX-512",
    "avx512_bf16": "BF16",
    "amx_tile": "AMX",
    "amx_bf16": "BF16",
    "asimd": "NEON",
    "sve": "SVE",
    "bf16": "BF16",
    "hw.optional.neon": "NEON",
    "hw.optional.arm.feat_bf16": "BF16",
    "hw.optional.avx2_0": "AVX2",
    "hw.optional.avx512f": "AVX-512",
}


class Processor(NamedTuple):
    """Model for people, and features in the order of NAMES; None where the system does not tell."""

    model: str
    features: tuple[str, ...] | None


def processor() -> Processor:
    """This machine's."""
    if sys.platform.startswith("linux"):
        return read_cpuinfo(Path("/proc/cpuinfo").read_text(errors="replace"))
    if sys.platform == "darwin":
        return read_sysctl(_output("sysctl", "-a"))
    return Processor(platform.processor() or platform.machine(), None)


def usable_threads() -> int:
    """How many of it this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usable_cores() -> int:
    """Physical cores this process may use; the second thread of a core only gets in the way."""
    return min(usable_threads(), psutil.cpu_count(logical=False) or usable_threads())


def read_cpuinfo(text: str) -> Processor:
    """Linux: the first processor of /proc/cpuinfo; ARM names its features otherwise, and mostly no model."""
    facts: dict[str, str] = {}
    for line in text.splitlines():
        key, _, value = line.partition(":")
        facts.setdefault(key.strip().lower(), value.strip())
    flags = facts.get("flags", facts.get("features"))
    return Processor(facts.get("model name", platform.machine()), None if flags is None else named(flags.split()))


def read_sysctl(text: str) -> Processor:
    """macOS: what `sysctl -a` prints; a feature that is there has the value 1."""
    facts = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    there = [key.lower() for key, value in facts.items() if value.strip() == "1"]
    return Processor(facts.get("machdep.cpu.brand_string", platform.machine()), named(there) if facts else None)


def named(flags: list[str]) -> tuple[str, ...]:
    """Those that matter, in words, each once."""
    return tuple(dict.fromkeys(word for flag, word in NAMES.items() if flag in flags))


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
