#!/usr/bin/env python3
"""Reads a CSV file with pandas' C engine: seconds and peak resident megabytes as JSON. pandas_csv.py FILE"""
import json
import resource
import sys
import time

import pandas

start, busy = time.perf_counter(), time.process_time()
table = pandas.read_csv(sys.argv[1])
seconds, busy = time.perf_counter() - start, time.process_time() - busy
print(json.dumps({"version": pandas.__version__, "seconds": seconds, "processor": busy, "rows": len(table),
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
