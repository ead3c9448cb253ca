"""The conversation with the benchmark: a workload in, an answer out, then one timing per line."""

import json
import resource
import sys
import time


def cpu_seconds():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def serve(name, version, prepare, workers_cpu=lambda: 0.0):
    """`prepare(workload)` returns a function that does one unit of work and returns the answer;
    `workers_cpu()` tells the CPU seconds that other processes have spent on it so far."""
    units = int(sys.argv[1])
    work = prepare(json.loads(sys.stdin.readline()))
    hello = {"name": name, "version": version, "answer": work()}
    print(json.dumps(hello), flush=True)
    for _ in sys.stdin:
        start, before = time.perf_counter(), cpu_seconds() + workers_cpu()
        for _ in range(units):
            work()
        took = {"wall": time.perf_counter() - start, "cpu": cpu_seconds() + workers_cpu() - before}
        print(json.dumps(took), flush=True)
