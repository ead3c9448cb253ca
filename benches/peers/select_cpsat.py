"""The best set with OR-tools CP-SAT on two workers, to the gap and time that the workload asks for."""

import math

import ortools
from ortools.sat.python import cp_model

from select_program import rows_of
from serve import serve


def prepare(workload):
    scores, rows = rows_of(workload)
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in scores]
    for columns, coefficients, limit in rows:
        chosen = [taken[column] for column in columns]
        model.add(cp_model.LinearExpr.weighted_sum(chosen, coefficients) <= limit)
    model.maximize(cp_model.LinearExpr.weighted_sum(taken, scores))

    def work():
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.relative_gap_limit = workload["gap"]
        solver.parameters.max_time_in_seconds = workload["seconds"]
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {"objective": None, "gap": None}
        objective = int(round(solver.objective_value))
        gap = (solver.best_objective_bound - objective) / max(objective, 1)
        bound = math.ceil(solver.best_objective_bound)
        return {"objective": objective, "bound": bound, "gap": max(gap, 0.0)}

    return work


serve("OR-tools CP-SAT, two workers", ortools.__version__, prepare)
