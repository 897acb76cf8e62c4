#!/usr/bin/env python3
"""Reads a CSV file with Apache Arrow: seconds and peak resident megabytes as JSON. pyarrow_csv.py FILE (OMP_NUM_THREADS: threads)"""
import json
import os
import resource
import sys
import time

import pyarrow
import pyarrow.csv

threads = int(os.environ.get("OMP_NUM_THREADS", "2"))
pyarrow.set_cpu_count(threads)
pyarrow.set_io_thread_count(max(1, threads))
start, busy = time.perf_counter(), time.process_time()
table = pyarrow.csv.read_csv(sys.argv[1])
seconds, busy = time.perf_counter() - start, time.process_time() - busy
print(json.dumps({"version": pyarrow.__version__, "seconds": seconds, "processor": busy, "rows": table.num_rows,
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
