"""Optima of selections by HiGHS (scipy.optimize.milp), for the long form of the tests: models as JSON come in, their
optima in thousandths go out. A model is {"scores": [...], "rows": [{"least", "most", "entries"}]} in whole numbers."""

import json
import os
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

INFEASIBLE = 2


def optimum(model):
    scores = np.array(model["scores"], dtype=np.int64)
    matrix = np.zeros((len(model["rows"]), len(scores)), dtype=np.int64)
    for at, row in enumerate(model["rows"]):
        for column, entry in row["entries"]:
            matrix[at, column] = entry
    least = np.array([-np.inf if row["least"] is None else row["least"] for row in model["rows"]])
    most = np.array([np.inf if row["most"] is None else row["most"] for row in model["rows"]])
    # Entries near one, as HiGHS likes them.
    unit = np.maximum(np.abs(matrix).max(axis=1), 1)
    found = milp(
        -scores.astype(float),
        constraints=LinearConstraint(matrix / unit[:, None], least / unit, most / unit),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(scores)),
        options={"mip_rel_gap": 0, "time_limit": 300},
    )
    if found.x is None:
        return {"objective": None, "doubtful": found.status != INFEASIBLE}
    taken = np.round(found.x).astype(np.int64)
    used = matrix @ taken
    holds = bool(np.all(used >= least) and np.all(used <= most))
    return {"objective": int(scores @ taken), "doubtful": not holds or found.status != 0}


# HiGHS says a word on standard output now and then; it goes to standard error instead.
answer = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
answer.write(json.dumps([optimum(model) for model in json.load(sys.stdin)]))
