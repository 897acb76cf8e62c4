#!/usr/bin/env python3
"""Cleaning steps as people write them in pandas: {step: {"seconds", "processor"}}, the best of three. pandas_steps.py FILE"""
import json
import sys
import time

import numpy
import pandas

table = pandas.read_csv(sys.argv[1], skipinitialspace=False)
table["time"] = pandas.to_datetime(table["time"], format="mixed")
for name in ("kind_0", "kind_1", "kind_2"):
    table[name] = table[name].astype("category")
numbers = [f"number_{i}" for i in range(7)]
wholes = [f"whole_{i}" for i in range(4)]
texts = [f"text_{i}" for i in range(4)]


def fill_missing():
    result = table.copy(deep=False)
    result[numbers + wholes] = table[numbers + wholes].fillna(table[numbers + wholes].mean())


def mark_missing():
    result = table.copy(deep=False)
    result[texts] = table[texts].replace(["Some words 5", "none of these", "7"], numpy.nan)
    result[numbers + wholes] = table[numbers + wholes].mask(table[numbers + wholes] == 7)


STEPS = {
    "fill_missing": fill_missing,
    "missing_flags": lambda: [table[name].isna() for name in ("number_0", "number_1", "whole_0", "text_0")],
    "drop_missing_rows": lambda: table.dropna(),
    "mark_missing": mark_missing,
    "clip_values": lambda: table[numbers[:4]].clip(0, 1000),
    "standardize": lambda: (table[numbers] - table[numbers].mean()) / table[numbers].std(ddof=0),
    "min_max_scale": lambda: (table[numbers] - table[numbers].min()) / (table[numbers].max() - table[numbers].min()),
    "log_transform": lambda: numpy.log1p(table[wholes]),
    "filter": lambda: table[(table["number_0"] > 0) & (table["whole_0"] < 50000)],
    "formula": lambda: table["number_0"] * 2 + table["number_1"] / 3,
    "trim_text": lambda: [table[name].str.strip() for name in texts],
    "change_case": lambda: [table[name].str.lower() for name in texts],
    "replace_text": lambda: [table[name].str.replace("words", "terms", regex=False) for name in texts],
    "text_length": lambda: [table[name].str.len() for name in texts],
    "map_values": lambda: table["kind_0"].cat.rename_categories({"red": "Red", "green": "Green"}),
    "one_hot": lambda: pandas.get_dummies(table[["kind_0", "kind_1"]]),
    "ordinal_encode": lambda: [table[name].cat.codes for name in ("kind_0", "kind_1", "kind_2")],
    "parse_dates": lambda: pandas.to_datetime(table["day"], format="%Y-%m-%d"),
    "date_parts": lambda: [getattr(table["time"].dt, part) for part in ("year", "month", "day", "weekday")],
    "drop_duplicates": lambda: table.drop_duplicates(),
    "bin": lambda: [pandas.qcut(table[name], 10, duplicates="drop") for name in numbers[:2]],
}

seconds = {"version": pandas.__version__}
for name, work in STEPS.items():
    best, busy = float("inf"), float("inf")
    for _ in range(3):
        start, before = time.perf_counter(), time.process_time()
        work()
        best, busy = min(best, time.perf_counter() - start), min(busy, time.process_time() - before)
    seconds[name] = {"seconds": best, "processor": busy}
print(json.dumps(seconds))
