"""Makes series_numbers.json: what pandas gives for the steps on series of series_numbers_test.cpp.
Needs numpy and pandas:  python3 series_numbers.py > series_numbers.json"""
import json
import numpy as np
import pandas as pd

random = np.random.default_rng(11)
rows = 120
# Two shops, times out of order, a night without any row, a week without one of the shops.
minutes = np.sort(random.integers(0, 6 * 24 * 60, rows))
minutes = minutes[(minutes < 2000) | (minutes > 3100)]
times = pd.Timestamp("2023-12-28 07:20") + pd.to_timedelta(minutes, unit="min") * 5
table = pd.DataFrame({"time": times, "shop": random.choice(["north", "south"], len(times)), "sold": np.round(random.normal(20, 6, len(times)), 2),
                      "people": random.integers(0, 50, len(times))})
table = table.sample(frac=1, random_state=3).reset_index(drop=True)
table.loc[[4, 20, 33, 34], "sold"] = np.nan
rules = {("minutes", 15): "15min", ("hours", 5): "5h", ("days", 1): "1D", ("days", 3): "3D", ("weeks", 1): "W-MON", ("months", 1): "MS", ("years", 1): "YS"}


def plain(values):
    return [None if pd.isna(v) else str(v) if isinstance(v, (pd.Timestamp, str)) else v.item() if hasattr(v, "item") else v for v in values]


def figures(series, rule, function):
    week = {"label": "left", "closed": "left"} if rule.startswith("W") else {}
    sampled = series.resample(rule, **week)
    return sampled.sum(min_count=1) if function == "sum" else getattr(sampled, function)()


resampled = []
for (unit, every), rule in rules.items():
    for function in ("mean", "sum", "min", "max", "first", "last", "count", "median"):
        parts = []
        for shop in table["shop"].drop_duplicates():  # in the order in which they first come
            ordered = table[table["shop"] == shop].sort_values("time", kind="stable").set_index("time")
            made = pd.DataFrame({"sold": figures(ordered["sold"], rule, function), "rows": ordered["sold"].resample(
                rule, **({"label": "left", "closed": "left"} if rule.startswith("W") else {})).size()})
            made["shop"] = shop
            made["previous"] = made["sold"].ffill()
            made["linear"] = made["sold"].astype(float).interpolate("linear", limit_area="inside")
            parts.append(made.reset_index())
        if unit == "minutes" and function not in ("mean", "last"):
            continue
        all_parts = pd.concat(parts)
        step = max(1, len(all_parts) // 60)  # the largest are compared at some rows
        picked = all_parts.iloc[::step]
        resampled.append({"unit": unit, "every": every, "function": function, "rows": len(all_parts), "empty": int((all_parts["rows"] == 0).sum()), "step": step,
                          "time": plain(picked["time"]), "shop": plain(picked["shop"]), "missing": plain(picked["sold"]), "previous": plain(picked["previous"]),
                          "linear": plain(picked["linear"])})

by_time = table.sort_values("time", kind="stable")
past = {}
for name, group in (("one", None), ("shop", "shop")):
    def each(f):
        made = f(by_time["sold"]) if group is None else by_time.groupby(group)["sold"].transform(f)
        return plain(made.reindex(table.index))
    past[name] = {"sold lag 1": each(lambda s: s.shift(1)), "sold lag 3": each(lambda s: s.shift(3)), "sold change 1": each(lambda s: s.diff(1)),
                  "sold change 2": each(lambda s: s.diff(2)),
                  "rolling": {f: {w: each(lambda s, w=w, f=f: getattr(s.shift(1).rolling(w), f)()) for w in (2, 5)} for f in ("mean", "sum", "min", "max", "std")},
                  "rolling with itself": each(lambda s: s.rolling(4).mean()),
                  "ahead": each(lambda s: s.shift(-2))}

print(json.dumps({"table": {c: plain(table[c]) for c in table}, "resampled": resampled, "past": past}, separators=(",", ":")).replace('},{', '},\n{'))
