"""Killing recording processes: a few of the many that the benchmark kills."""

import json
import os
import subprocess
import sys

import pytest

CODE = "import json; from engine.bench.record_kill import record_kill; print(json.dumps(record_kill(3)))"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
def test_a_run_that_was_being_recorded_opens_with_all_that_was_said_to_be_on_disk_and_goes_on():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert (found["opened"], found["gone_on"]) == (3, 3), done.stderr
    assert (found["acknowledged_lost"], found["misread"]) == (0, 0)
