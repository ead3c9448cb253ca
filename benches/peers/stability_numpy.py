"""The rank histogram with numpy: drawn weights times scores, one sort for each draw, one count."""

import platform

import numpy as np

from scores import scores
from serve import serve

SLICE = 1_000
STATE = {"round": 0}


def prepare(workload):
    count, samples = workload["applications"], workload["samples"]
    matrix = scores(count, workload["criteria"], workload["score_max"]).T.copy()
    base = np.arange(count) * count
    ranks = np.arange(count)

    def work():
        STATE["round"] += 1
        random = np.random.Generator(np.random.SFC64(STATE["round"]))
        histogram = np.zeros(count * count, dtype=np.int64)
        for first in range(0, samples, SLICE):
            size = min(SLICE, samples - first)
            weights = random.dirichlet(np.ones(len(matrix)), size)
            order = np.argsort(-(weights @ matrix), axis=1)
            cells = base[order] + ranks[None, :]
            histogram += np.bincount(cells.ravel(), minlength=count * count)
        means = histogram.reshape(count, count) @ ranks / samples
        return {"mean_ranks": means.tolist()}

    return work


serve("numpy", f"{np.__version__} on Python {platform.python_version()}", prepare)
