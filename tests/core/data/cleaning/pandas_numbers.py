"""Makes pandas_numbers.json: what pandas and scikit-learn give for the cleaning steps of pandas_numbers_test.cpp.
Needs numpy, pandas and scikit-learn:  python3 pandas_numbers.py > pandas_numbers.json"""
import json
import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest
from sklearn.preprocessing import (KBinsDiscretizer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, PowerTransformer, RobustScaler, StandardScaler,
                                   TargetEncoder)

random = np.random.default_rng(7)
rows, training = 80, 60
skewed = np.round(np.exp(random.normal(1, 1.2, rows)), 3)
signed = np.round(random.standard_t(3, rows) * 5, 2)
skewed[[3, 17, 70]] = np.nan
table = pd.DataFrame({
    "skewed": skewed, "signed": signed, "count": random.integers(0, 12, rows), "constant": np.full(rows, 4.0),
    "city": random.choice(["Lyon", "Paris", "Nice", "Brest"], rows, p=[0.4, 0.3, 0.2, 0.1]),
    "level": random.choice(["low", "mid", "high"], rows), "answer": random.choice(["no", "yes"], rows, p=[0.7, 0.3])})
table.loc[[5, 66], "city"] = None
learn = table.iloc[:training]
cases = []


def plain(values):
    return [None if v is None or (isinstance(v, float) and np.isnan(v)) or v is pd.NA else v.item() if hasattr(v, "item") else v for v in values]


def case(step, settings, columns):
    cases.append({"step": step, "settings": settings, "columns": {name: plain(values) for name, values in columns.items()}})


def scaled(step, settings, scaler, columns):
    scaler.fit(learn[columns])
    made = scaler.transform(table[columns])
    case(step, {"columns": columns, **settings}, {name: made[:, i] for i, name in enumerate(columns)})


numbers = ["skewed", "signed", "count", "constant"]
scaled("standardize", {}, StandardScaler(), numbers)
scaled("min_max_scale", {}, MinMaxScaler(), numbers)
scaled("min_max_scale", {"low": -1, "high": 3}, MinMaxScaler((-1, 3)), numbers)
scaled("robust_scale", {}, RobustScaler(), numbers)
scaled("yeo_johnson", {}, PowerTransformer(), ["skewed", "signed", "count"])
scaled("yeo_johnson", {"standardise": False}, PowerTransformer(standardize=False), ["skewed", "signed", "count"])
case("log_transform", {"columns": ["skewed", "count"]}, {c: np.log1p(table[c]) for c in ["skewed", "count"]})
case("log_transform", {"columns": ["skewed"], "form": "log"}, {"skewed": np.log(table["skewed"])})
case("clip_values", {"columns": ["signed"], "low": "-2.5", "high": "4"}, {"signed": table["signed"].clip(-2.5, 4)})

for method, strategy in (("width", "uniform"), ("quantiles", "quantile")):
    made = KBinsDiscretizer(4, encode="ordinal", strategy=strategy, **({"quantile_method": "linear"} if strategy == "quantile" else {}))
    made.fit(learn[["signed"]])
    case("bin", {"columns": ["signed"], "method": method, "bins": 4, "result": "number"}, {"signed": made.transform(table[["signed"]])[:, 0]})
made = KBinsDiscretizer(6, encode="ordinal", strategy="quantile", quantile_method="linear").fit(learn[["count"]])
case("bin", {"columns": ["count"], "method": "quantiles", "bins": 6, "result": "number"}, {"count": made.transform(table[["count"]])[:, 0]})
case("formula", {"formula": "sqrt(skewed) * 2 + signed % 3 - count ^ 2 / 7", "name": "made"},
     {"made": np.sqrt(table["skewed"]) * 2 + table["signed"] % 3 - table["count"] ** 2 / 7})
words = table["city"].str.upper() + " " + table["level"].str.slice(1, 3)
case("formula", {"formula": "upper(city) + ' ' + substring(level, 2, 2)", "name": "made"}, {"made": words.astype(object).where(words.notna(), None)})
case("formula", {"formula": "if(signed between -2 and 2 or level in ('low', 'mid'), round(signed), max(count, 5))", "name": "made"},
     {"made": np.where(table["signed"].between(-2, 2) | table["level"].isin(["low", "mid"]),
                       np.sign(table["signed"]) * np.floor(np.abs(table["signed"]) + 0.5), np.maximum(table["count"], 5))})
edges = pd.cut(table["skewed"], [-np.inf, 1, 5, np.inf], right=False, labels=["little", "some", "much"])
case("bin", {"columns": ["skewed"], "method": "edges", "edges": ["1", "5"], "labels": ["little", "some", "much"]},
     {"skewed": edges.astype(object).where(edges.notna(), None)})

known = learn["city"].dropna()
hot = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(known.to_frame())
made = hot.transform(table[["city"]].fillna("?"))
case("one_hot", {"columns": ["city"]}, {"city = " + c: made[:, i] > 0 for i, c in enumerate(hot.categories_[0])})
case("one_hot", {"columns": ["city"], "drop_first": True}, {"city = " + c: made[:, i] > 0 for i, c in enumerate(hot.categories_[0]) if i > 0})
order = ["low", "mid", "high"]
case("ordinal_encode", {"columns": ["level"], "order": order}, {"level": OrdinalEncoder(categories=[order]).fit_transform(table[["level"]])[:, 0]})
case("ordinal_encode", {"columns": ["level"]}, {"level": OrdinalEncoder().fit(learn[["level"]]).transform(table[["level"]])[:, 0]})
case("frequency_encode", {"columns": ["city"]}, {"city": table["city"].map(known.value_counts(normalize=True)).astype(float)})
case("frequency_encode", {"columns": ["city"], "form": "count"}, {"city": table["city"].map(known.value_counts()).astype(float)})

q1, q3 = learn["skewed"].quantile([0.25, 0.75])
case("outliers_clip", {"columns": ["skewed"]}, {"skewed": table["skewed"].clip(q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))})
low, high = learn["signed"].mean() - 2 * learn["signed"].std(ddof=0), learn["signed"].mean() + 2 * learn["signed"].std(ddof=0)
case("outliers_missing", {"columns": ["signed"], "method": "z-score", "factor": 2}, {"signed": table["signed"].where(table["signed"].between(low, high))})

keep = {}
for how in ("first", "last", "none"):
    keep[how] = (~table.duplicated(["city", "level"], keep=how if how != "none" else False)).tolist()

encoder = TargetEncoder(smooth=3.0, target_type="continuous").fit(learn[["level"]], learn["signed"])
new_numbers = encoder.transform(table[["level"]])[:, 0]
encoder = TargetEncoder(smooth=10.0, target_type="binary").fit(learn[["level"]], learn["answer"])
new_classes = encoder.transform(table[["level"]])[:, 0]

grouped = table.groupby("city", dropna=False, sort=False)
group = {"city": list(grouped.size().index), "rows": grouped.size()}
for name in ("sum", "mean", "median", "min", "max"):
    group["skewed " + name] = getattr(grouped["skewed"], name)()
group["skewed deviation"] = grouped["skewed"].std()
group["skewed count"] = grouped["skewed"].count()
group["skewed distinct"] = grouped["skewed"].nunique()
group["skewed first"] = grouped["skewed"].first()
group["skewed last"] = grouped["skewed"].last()
wide = table[table["city"].notna()].pivot_table(index="city", columns="level", values="signed", aggfunc="mean", sort=False)
wide = wide[sorted(wide.columns)]
long = table.reset_index().melt(id_vars=["index", "city"], value_vars=["signed", "skewed"], var_name="what", value_name="much")
long = long.sort_values(["index", "what"], kind="stable")
other = pd.DataFrame({"town": ["Paris", "Nice", "Rome"], "people": [2100.5, 342.0, 2800.0], "river": ["Seine", None, "Tiber"]})
joined = table.merge(other, left_on="city", right_on="town", how="left")

points = pd.DataFrame({"a": np.round(random.normal(0, 1, 300), 4), "b": np.round(random.normal(5, 2, 300), 4), "c": np.round(random.exponential(1, 300), 4)})
points.iloc[:6] += 9
scores = -np.mean([IsolationForest(n_estimators=300, random_state=s).fit(points).score_samples(points) for s in range(5)], axis=0)

print(json.dumps({
    "training": training, "table": {c: plain(table[c]) for c in table}, "cases": cases, "keep": keep,
    "target": {"numbers": plain(new_numbers), "classes": plain(new_classes)},
    "group": {n: plain(v) for n, v in group.items()},
    "pivot": {"city": plain(wide.index), **{c: plain(wide[c]) for c in wide}},
    "unpivot": {"city": plain(long["city"]), "what": plain(long["what"]), "much": plain(long["much"])},
    "other": {c: plain(other[c]) for c in other}, "join": {"people": plain(joined["people"]), "river": plain(joined["river"])},
    "forest": {"points": {c: plain(points[c]) for c in points}, "scores": plain(np.round(scores, 5))}}, separators=(",", ":")).replace('],"', '],\n"'))
