"""A value map evaluated with Python's decimal: years of every outcome with their present values,
year totals, total, investment, ratio, the other timing, payback and bridge."""

import platform
from decimal import ROUND_HALF_UP, Decimal, getcontext

from serve import serve

getcontext().prec = 50
ONE = Decimal(1)


def read(workload):
    rows = []
    for outcome in workload["outcomes"]:
        names = ("quantity", "proxy", "deadweight", "displacement", "attribution", "dropoff")
        numbers = [Decimal(outcome[name]) for name in names]
        rows.append((outcome["id"], *numbers, outcome["duration"], outcome["start"]))
    inputs = [(Decimal(given["amount"]), given["year"]) for given in workload["inputs"]]
    return rows, inputs, ONE + Decimal(workload["discount_rate"])


def evaluate(rows, inputs, growth):
    last = max(start + duration - 1 for *_, duration, start in rows)
    divisors = [ONE]
    for _ in range(last):
        divisors.append(divisors[-1] * growth)
    totals = [Decimal(0)] * (last + 1)
    levels = [Decimal(0)] * 4
    gross_value = impact_value = Decimal(0)
    outcomes = []
    for name, quantity, proxy, deadweight, displacement, attribution, dropoff, duration, start in rows:
        gross = quantity * proxy
        after_deadweight = gross * (ONE - deadweight)
        after_displacement = after_deadweight * (ONE - displacement)
        impact = after_displacement * (ONE - attribution)
        gross_value += gross
        impact_value += impact
        for at, level in enumerate((gross, after_deadweight, after_displacement, impact)):
            levels[at] += level * duration
        value, kept = impact, ONE - dropoff
        years, present = [], Decimal(0)
        for year in range(start, start + duration):
            discounted = value / divisors[year]
            years.append((year, value, discounted))
            totals[year] += value
            present += discounted
            value *= kept
        outcomes.append((name, gross, impact, present, years))
    table = [(year, total, total / divisors[year]) for year, total in enumerate(totals)]
    total = sum(row[2] for row in table)
    investment = sum(amount / divisors[year] for amount, year in inputs)
    other = totals[0] + sum(totals[year] / divisors[year - 1] for year in range(1, last + 1))
    left, months = investment, None
    for year, _, discounted in table[1:]:
        if discounted >= left:
            months = 12 * (year - 1 + left / discounted)
            break
        left -= discounted
    bridge = [*levels, sum(totals), total]
    return {
        "gross": gross_value, "impact": impact_value, "total": total, "investment": investment,
        "net": total - investment, "ratio": total / investment, "other": other,
        "other_ratio": other / investment, "years": table, "outcomes": outcomes,
        "months": months, "bridge": bridge,
    }


def prepare(workload):
    rows, inputs, growth = read(workload)

    def work():
        ratio = evaluate(rows, inputs, growth)["ratio"]
        return {"ratio": str(ratio.quantize(Decimal("0.0001"), ROUND_HALF_UP))}

    return work


serve("Python decimal", platform.python_version(), prepare)
