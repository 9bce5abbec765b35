"""How long TensorBoard's own loader takes for all scalars of a log. Run as a program by a Python that has it.

`python tensorboard_loader.py FOLDER` prints a line of JSON; nothing of this project is imported.
"""

import json
import sys
from time import perf_counter, process_time


def load(folder: str) -> dict[str, float]:
    """Seconds, and how many numbers came of it; size guidance 0 keeps them all."""
    from tensorboard.backend.event_processing import event_accumulator

    began, used = perf_counter(), process_time()
    log = event_accumulator.EventAccumulator(folder, size_guidance={"scalars": 0, "tensors": 0})
    log.Reload()
    tags = log.Tags()
    scalars = sum(len(log.Scalars(tag)) for tag in tags["scalars"])
    tensors = sum(len(log.Tensors(tag)) for tag in tags["tensors"])
    return {"load_s": perf_counter() - began, "cpu_s": process_time() - used, "numbers": scalars + tensors}


if __name__ == "__main__":
    print(json.dumps(load(sys.argv[1])))
