"""Makes sklearn_numbers.txt: figures of numpy, pandas, scipy and scikit-learn for the table that profile_test.cpp makes with the same formulas.

    python3 sklearn_numbers.py > sklearn_numbers.txt
"""
import numpy as np
import pandas as pd
from scipy import stats
from sklearn.metrics import mutual_info_score

ROWS = 600


def uniform(seed):
    """The generator of the C++ test: 31 bits, all of it exact in a double."""
    state = seed
    while True:
        state = (state * 1103515245 + 12345) % (1 << 31)
        yield state / (1 << 31)


u = uniform(7)
rows = []
for i in range(ROWS):
    a = next(u) * 10 - 5
    bent = a * a + next(u)
    skewed = next(u)
    skewed = skewed * skewed * skewed * skewed * 1000
    line = a * 2 + next(u) * 6
    place = int(next(u) * 5)
    kind = place if next(u) < 0.5 else int(next(u) * 3)
    kind = kind if kind < 3 else 2
    rows.append((a, bent, skewed if i % 7 else None, line if i % 11 else None, place, kind))
table = pd.DataFrame(rows, columns=["a", "bent", "skewed", "line", "place", "kind"]).astype(float)


def bins(x):
    ordered = np.sort(x)
    n = len(ordered)
    edges = np.unique([ordered[max(1, n * b // 20) - 1] for b in range(1, 21)])
    return np.searchsorted(edges[:-1], x, side="left")


def eta(groups, x):
    whole = ((x - x.mean()) ** 2).sum()
    inner = sum(((x[groups == g] - x[groups == g].mean()) ** 2).sum() for g in np.unique(groups))
    n, k = len(x), len(np.unique(groups))
    return np.sqrt(max(0, 1 - inner / whole * (n - 1) / (n - k)))


def cramer(x, y):
    table = pd.crosstab(x, y).to_numpy()
    n, (r, k) = table.sum(), table.shape
    phi2 = stats.chi2_contingency(table, correction=False)[0] / n
    phi2 = max(0, phi2 - (k - 1) * (r - 1) / (n - 1))
    r, k = r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)
    return np.sqrt(phi2 / min(k - 1, r - 1))


def say(name, value):
    print(name, repr(float(value)))


skewed = table.skewed.dropna().to_numpy()
for name, q in [("minimum", 0), ("p1", 0.01), ("p5", 0.05), ("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p95", 0.95), ("p99", 0.99), ("maximum", 1)]:
    say("quantile_" + name, np.quantile(skewed, q))
say("mean", skewed.mean())
say("deviation", skewed.std())
say("skewness", stats.skew(skewed))
say("kurtosis", stats.kurtosis(skewed))
low, high = np.quantile(skewed, 0.25), np.quantile(skewed, 0.75)
say("outliers", ((skewed < low - 1.5 * (high - low)) | (skewed > high + 1.5 * (high - low))).sum())
for one in ["bent", "skewed", "line"]:
    say("pearson_a_" + one, table.a.corr(table[one]))
    say("spearman_a_" + one, table.a.corr(table[one], method="spearman"))
say("pearson_skewed_line", table.skewed.corr(table.line))
say("bent_ratio", eta(bins(table.bent.to_numpy()), table.a.to_numpy()))
say("a_ratio_of_bent", eta(bins(table.a.to_numpy()), table.bent.to_numpy()))
say("cramer_place_kind", cramer(table.place, table.kind))
say("information_place_kind", mutual_info_score(table.place, table.kind))
say("entropy_kind", stats.entropy(table.kind.value_counts()))
say("ratio_line_kind", eta(table.kind[table.line.notna()].to_numpy(), table.line.dropna().to_numpy()))
both = table.line.notna()
say("information_line_kind", mutual_info_score(bins(table.line.dropna().to_numpy()), table.kind[both]))
say("information_line_a", mutual_info_score(bins(table.line.dropna().to_numpy()), bins(table.a.to_numpy())[both]))
say("missing_together", table.skewed.isna().corr(table.line.isna()))
