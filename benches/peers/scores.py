"""The scores of the rank and stability workloads, as the benchmark itself makes them."""

import numpy as np


def scores(applications, criteria, score_max):
    n = np.arange(applications, dtype=np.uint64)[:, None]
    c = np.arange(criteria, dtype=np.uint64)[None, :]
    mixed = (n * np.uint64(2654435761) + c * np.uint64(40503001)) % np.uint64(1 << 32)
    values = mixed * (mixed // np.uint64(65536) + np.uint64(1)) // np.uint64(65536)
    values %= np.uint64(score_max + 1)
    values[0], values[1] = 0, score_max
    return values.astype(np.float64)
