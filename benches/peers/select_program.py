"""The workload of a selection as numbers: costs and scores in cents, rows of at most so much."""

from decimal import Decimal


def cents(text):
    return int(Decimal(text) * 100)


def rows_of(workload):
    """Scores in cents, then rows as (columns, coefficients, limit), all in whole numbers."""
    applications = workload["applications"]
    rules = workload["constraints"]
    costs = [cents(one["cost"]) for one in applications]
    rows = [(list(range(len(costs))), costs, cents(workload["budget"]))]
    for rule in rules["at_most"]:
        columns, coefficients = [], []
        for at, one in enumerate(applications):
            share = one["parts"][rule["dimension"]].get(rule["code"])
            if share:
                columns.append(at)
                coefficients.append(int(costs[at] * Decimal(share) * 10))
        rows.append((columns, coefficients, cents(rule["value"]) * 10))
    groups = {}
    for at, one in enumerate(applications):
        groups.setdefault(one["group"], []).append(at)
    for members in groups.values():
        if len(members) > rules["max_per_group"]:
            rows.append((members, [1] * len(members), rules["max_per_group"]))
    return [cents(one["score"]) for one in applications], rows
