"""The best set with HiGHS, to the relative gap that the workload asks for."""

import math

import numpy as np
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from select_program import rows_of
from serve import serve


def prepare(workload):
    scores, rows = rows_of(workload)
    starts = np.cumsum([0] + [len(columns) for columns, _, _ in rows])
    columns = np.concatenate([columns for columns, _, _ in rows])
    # Money in thousands keeps the numbers near one, as HiGHS likes them.
    unit = [max(max(coefficients) / 1000.0, 1.0) for _, coefficients, _ in rows]
    data = np.concatenate([np.array(row[1]) / one for row, one in zip(rows, unit)])
    matrix = csr_array((data, columns, starts), shape=(len(rows), len(scores)))
    limits = np.array([limit / one for (_, _, limit), one in zip(rows, unit)])
    options = {"mip_rel_gap": workload["gap"], "time_limit": workload["seconds"]}

    def work():
        found = milp(
            -np.array(scores, dtype=float),
            constraints=LinearConstraint(matrix, ub=limits),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(scores)),
            options=options,
        )
        if found.x is None:
            return {"objective": None, "gap": None}
        taken = np.round(found.x).astype(int)
        objective = int(np.dot(taken, np.array(scores)))
        gap = (-found.mip_dual_bound - objective) / max(objective, 1)
        bound = math.ceil(-found.mip_dual_bound)
        return {"objective": objective, "bound": bound, "gap": max(gap, 0.0)}

    return work


serve("HiGHS (scipy.optimize.milp)", scipy.__version__, prepare)
