"""Makes gaps_and_texts.json: what pandas and scikit-learn give for the cleaning steps of gaps_and_texts_test.cpp.
Needs numpy, pandas and scikit-learn:  python3 gaps_and_texts.py > gaps_and_texts.json"""
import json
import numpy as np
import pandas as pd
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.preprocessing import StandardScaler

random = np.random.default_rng(11)
rows, training = 90, 60
gap = lambda values, share: [None if random.random() < share else v for v in values]
numbers = pd.DataFrame({"a": gap(np.round(random.normal(3, 2, rows), 4), 0.2), "b": gap(np.round(random.exponential(9, rows), 4), 0.15),
                        "c": gap(np.round(random.uniform(-1, 1, rows), 4), 0.1)}, dtype=float)
counts = pd.Series(gap(random.integers(0, 6, rows), 0.2), dtype="Int64")
city = pd.Series(gap(random.choice(["Lyon", "Paris", "Nice"], rows), 0.15), dtype=object)
level = pd.Series(random.choice(["low", "high"], rows), dtype=object)
days = pd.Series(pd.Timestamp("1999-12-20") + pd.to_timedelta(random.integers(-20000, 20000, rows), "D") + pd.to_timedelta(random.integers(0, 86400, rows), "s"))
pieces = ["  Zoë ", "ann\u00a0lee", "BOB  O'NEIL", "x-1;y-22", "12 kg", "élan VITAL", "a,b,,c", "straße 7"]
words = pd.Series(gap(random.choice(pieces, rows), 0.1), dtype=object)
learn = slice(0, training)
cases = []


def plain(values):
    return [None if v is None or v is pd.NA or v is pd.NaT or (isinstance(v, float) and np.isnan(v)) else v.item() if hasattr(v, "item") else v for v in values]


def times(values):
    return [None if pd.isna(v) else v.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00") for v in values]


def case(step, settings, table, result):
    cases.append({"step": step, "settings": settings, "table": table, "result": result})


def frame(table):
    return {name: plain(table[name]) for name in table}


# Gaps
for method, strategy in (("mean", "mean"), ("median", "median"), ("most_frequent", "most_frequent")):
    filled = SimpleImputer(strategy=strategy).fit(numbers[learn]).transform(numbers)
    case("fill_missing", {"method": method}, frame(numbers), {name: plain(filled[:, i]) for i, name in enumerate(numbers)})
case("fill_missing", {"method": "most_frequent"}, {"city": plain(city), "n": plain(counts)},
     {"city": plain(city.fillna(city[learn].mode()[0])), "n": plain(counts.fillna(counts[learn].mode()[0]))})
for method in ("mean", "median"):
    typical = numbers["b"][learn].groupby(level[learn]).agg(method)
    case("fill_missing", {"method": method, "columns": ["b"], "groups": ["level"]}, {"b": plain(numbers["b"]), "level": plain(level)},
         {"b": plain(numbers["b"].fillna(level.map(typical)))})
case("fill_missing", {"method": "previous"}, frame(numbers), frame(numbers.ffill()))
case("fill_missing", {"method": "next"}, {"city": plain(city)}, {"city": plain(city.bfill())})
case("fill_missing", {"method": "previous", "columns": ["a"], "groups": ["level"]}, {"a": plain(numbers["a"]), "level": plain(level)},
     {"a": plain(numbers["a"].groupby(level).ffill())})
case("fill_missing", {"method": "interpolate"}, frame(numbers), frame(numbers.interpolate(limit_direction="both")))
case("fill_missing", {"method": "constant", "value": "-1.5"}, frame(numbers), frame(numbers.fillna(-1.5)))
for neighbours in (1, 4):
    filled = KNNImputer(n_neighbors=neighbours).fit(numbers[learn]).transform(numbers)
    case("fill_missing", {"method": "nearest", "neighbours": neighbours, "scale": False}, frame(numbers), {name: plain(filled[:, i]) for i, name in enumerate(numbers)})
scaler = StandardScaler().fit(numbers[learn])
filled = scaler.inverse_transform(KNNImputer(n_neighbors=3).fit(scaler.transform(numbers[learn])).transform(scaler.transform(numbers)))
case("fill_missing", {"method": "nearest", "neighbours": 3}, frame(numbers), {name: plain(filled[:, i]) for i, name in enumerate(numbers)})
case("missing_flags", {"columns": ["a"]}, frame(numbers), {"a missing": plain(numbers["a"].isna())})
case("mark_missing", {"words": ["Nice", "Lyon"], "ignore_case": False}, {"city": plain(city)}, {"city": plain(city.where(~city.isin(["Nice", "Lyon"]), None))})
keep = numbers.notna().all(axis=1)
case("drop_missing_rows", {}, frame(numbers), {"#removed": plain(np.flatnonzero(~keep))})

# Texts
text = {"w": plain(words)}
case("trim_text", {"inner": False}, text, {"w": plain(words.str.strip())})
case("trim_text", {}, text, {"w": plain(words.str.strip().str.replace(r"\s+", " ", regex=True))})
case("change_case", {"to": "upper"}, text, {"w": plain(words.str.upper())})
case("change_case", {"to": "lower"}, text, {"w": plain(words.str.lower())})
case("change_case", {"to": "sentence"}, {"w": plain(words.str.strip())}, {"w": plain(words.str.strip().str.capitalize())})
case("replace_text", {"find": "b", "with": "BB"}, text, {"w": plain(words.str.replace("b", "BB", regex=False))})
case("replace_text", {"find": r"(\w)-(\d+)", "with": "$2/$1", "expression": True}, text, {"w": plain(words.str.replace(r"(\w)-(\d+)", r"\2/\1", regex=True))})
found = words.str.extract(r"(?P<word>[a-zé]+)\W*(?P<number>\d+)?")
case("extract_text", {"column": "w", "pattern": r"(?<word>[a-zé]+)\W*(?<number>\d+)?"}, text, {name: plain(found[name]) for name in found})
parts = words.str.split(",", expand=True).map(lambda v: None if v is None or (isinstance(v, float)) or v == "" else v)
case("split_column", {"column": "w", "trim": False}, text, {f"w {i + 1}": plain(parts[i]) for i in parts})
case("text_length", {}, text, {"w length": plain(words.str.len().astype("Int64"))})
case("merge_columns", {"columns": ["city", "level"], "separator": "/", "name": "m", "skip_missing": False}, {"city": plain(city), "level": plain(level)},
     {"m": plain(city.str.cat(level, sep="/"))})
case("map_values", {"columns": ["city"], "from": ["Lyon", "Nice"], "to": ["L", "N"]}, {"city": plain(city)}, {"city": plain(city.replace({"Lyon": "L", "Nice": "N"}))})
as_text = pd.Series(gap(random.choice(["1", "2.5", "-3e2", "x", "1,5", " 7 "], rows), 0.1), dtype=object)
case("change_type", {"columns": ["t"], "to": "number"}, {"t": plain(as_text)}, {"t": plain(pd.to_numeric(as_text, errors="coerce"))})

# Dates
written = days.dt.strftime("%d/%m/%Y %H:%M:%S")
case("parse_dates", {"columns": ["d"]}, {"d": plain(written)}, {"d": times(pd.to_datetime(written, dayfirst=True))})
written = days.dt.strftime("%b %d, %Y")
case("parse_dates", {"columns": ["d"]}, {"d": plain(written)}, {"d": times(pd.to_datetime(written, format="%b %d, %Y"))})
stamps = {"d": {"time": times(days)}}
case("date_parts", {"parts": ["year", "quarter", "month", "week", "day", "day_of_year", "weekday", "hour", "minute", "second"]}, stamps,
     {"d year": plain(days.dt.year), "d quarter": plain(days.dt.quarter), "d month": plain(days.dt.month), "d week": plain(days.dt.isocalendar().week), "d day": plain(days.dt.day),
      "d day_of_year": plain(days.dt.day_of_year), "d weekday": plain(days.dt.day_of_week + 1), "d hour": plain(days.dt.hour), "d minute": plain(days.dt.minute), "d second": plain(days.dt.second)})
case("date_difference", {"from": "d", "date": "2020-02-29", "unit": "hours", "name": "h"}, stamps, {"h": plain((pd.Timestamp("2020-02-29") - days) / pd.Timedelta(hours=1))})
for unit, offset in (("months", pd.DateOffset(months=-5)), ("years", pd.DateOffset(years=3)), ("weeks", pd.DateOffset(weeks=2))):
    amount = {"months": -5, "years": 3, "weeks": 2}[unit]
    case("shift_dates", {"columns": ["d"], "amount": amount, "unit": unit}, stamps, {"d": times(days + offset)})

print(json.dumps({"training": training, "cases": cases}, ensure_ascii=False, separators=(",", ":")))
