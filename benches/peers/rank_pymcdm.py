"""Weighted sum and full order with pymcdm. Its scale is that of the batch, which here holds the
worst and the best score; equal sums may come out in any order, since its points are rounded."""

import platform
from importlib.metadata import version

import numpy as np
from pymcdm.methods import WSM
from pymcdm.normalizations import minmax_normalization

from scores import scores
from serve import serve


def prepare(workload):
    count, best = workload["applications"], workload["score_max"]
    matrix = scores(count, len(workload["weights"]), best)
    weights = np.array(workload["weights"], dtype=np.float64) / 100.0
    types = np.ones(len(weights))
    every = max(count // workload["shown"], 1)
    method = WSM(normalization_function=minmax_normalization)

    def work():
        sums = method(matrix, weights, types, validation=False)
        order = np.argsort(-sums, kind="stable")
        kept = order[::every][: workload["shown"]]
        return {"scores": [round(float(sums[at]) * 100 * best) for at in kept], "places": None}

    return work


serve("pymcdm", f"{version('pymcdm')} on Python {platform.python_version()}", prepare)
