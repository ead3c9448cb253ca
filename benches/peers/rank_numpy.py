"""Weighted sum and full order with numpy. Scores and weights are whole numbers in floats, so the
sums are exact and a stable sort keeps equal ones in the order given."""

import platform

import numpy as np

from scores import scores
from serve import serve


def prepare(workload):
    count, best = workload["applications"], workload["score_max"]
    matrix = scores(count, len(workload["weights"]), best)
    weights = np.array(workload["weights"], dtype=np.float64)
    every = max(count // workload["shown"], 1)

    def work():
        sums = np.clip(matrix, 0.0, best) @ weights
        order = np.argsort(-sums, kind="stable")
        kept = order[::every][: workload["shown"]]
        return {"scores": [int(sums[at]) for at in kept], "places": kept.tolist()}

    return work


serve("numpy", f"{np.__version__} on Python {platform.python_version()}", prepare)
