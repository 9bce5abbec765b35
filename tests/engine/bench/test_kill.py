"""Killing training processes while they save: a few of the many that the benchmark kills."""

import json
import os
import subprocess
import sys

import pytest

CODE = "import json; from engine.bench.kill import kill; print(json.dumps(kill(4)))"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
def test_a_killed_run_goes_on_and_has_lost_one_interval_at_most():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["loadable"] == found["times"] == 4, done.stderr
    assert found["most_steps_lost"] <= found["interval"]
