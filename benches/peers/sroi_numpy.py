"""The simulation with numpy: triangular draws of all six parameters of every outcome, half of the
draws in each of two processes, in slices that stay in the cache."""

import multiprocessing
import platform
import time
from decimal import Decimal

import numpy as np

from serve import serve

PROCESSES = 2
SLICE = 16_384
STATE = {"round": 0, "workers_cpu": 0.0}


def plan(workload):
    growth = 1.0 + float(workload["discount_rate"])
    investment = sum(
        float(given["amount"]) / growth ** given["year"] for given in workload["inputs"]
    )
    terms = []
    for outcome in workload["outcomes"]:
        half = Decimal(workload["bands"][outcome["evidence_grade"]])
        quantity, proxy = Decimal(outcome["quantity"]), Decimal(outcome["proxy"])
        ranges = [(v - v * half, v, v + v * half) for v in (quantity, proxy)]
        for name in ("deadweight", "displacement", "attribution", "dropoff"):
            value = Decimal(outcome[name])
            ranges.append((max(value - half, Decimal(0)), value, min(value + half, Decimal(1))))
        years = range(outcome["start"], outcome["start"] + outcome["duration"])
        weights = [1.0 / growth**year / investment for year in years]
        terms.append(([tuple(map(float, ends)) for ends in ranges], weights))
    return terms


def simulate(task):
    terms, draws, seed = task
    before = time.process_time()
    random = np.random.Generator(np.random.SFC64(seed))
    ratios = np.zeros(draws)
    for first in range(0, draws, SLICE):
        total = ratios[first : first + SLICE]
        size = len(total)
        for (quantity, proxy, *shares, dropoff), weights in terms:
            kept = 1.0 - random.triangular(*dropoff, size)
            product = np.full(size, weights[-1])
            for weight in reversed(weights[:-1]):
                product *= kept
                product += weight
            product *= random.triangular(*quantity, size)
            product *= random.triangular(*proxy, size)
            for share in shares:
                product *= 1.0 - random.triangular(*share, size)
            total += product
    return ratios, time.process_time() - before


def prepare(workload):
    terms, draws = plan(workload), workload["simulation"]["draws"]
    pool = multiprocessing.get_context("fork").Pool(PROCESSES) if draws > 50_000 else None

    def work():
        STATE["round"] += 1
        if pool:
            share = draws // PROCESSES
            tasks = [(terms, share, (STATE["round"], at)) for at in range(PROCESSES)]
            parts = pool.map(simulate, tasks, chunksize=1)
            ratios = np.concatenate([part for part, _ in parts])
            STATE["workers_cpu"] += sum(cpu for _, cpu in parts)
        else:
            ratios, _ = simulate((terms, draws, STATE["round"]))
        found = np.percentile(ratios, [0.5, 5, 50, 95, 99.5])
        low, p5, p50, p95, high = map(float, found)
        counts, _ = np.histogram(np.clip(ratios, low, high), bins=40, range=(low, high))
        return {
            "p5": p5, "p50": p50, "p95": p95, "mean": float(ratios.mean()),
            "standard_error": float(ratios.std(ddof=1) / draws**0.5),
            "above_one": float((ratios > 1.0).mean()), "draws": int(counts.sum()),
        }

    return work


VERSION = f"{np.__version__} on Python {platform.python_version()}"
serve("numpy, two processes", VERSION, prepare, lambda: STATE["workers_cpu"])
