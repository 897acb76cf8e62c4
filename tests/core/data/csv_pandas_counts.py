#!/usr/bin/env python3
"""What pandas finds in real files when it is told everything about them: csv_pandas_counts.py DATA_FOLDER > csv_pandas_counts.txt
One line per file: path, rows, columns, cells without a value, a sum over the values of all columns of numbers."""
import sys

import pandas

MISSING = ["", "NA", "N/A", "n/a", "#N/A", "<NA>", "nan", "NaN", "NAN", "null", "NULL", "Null", "None", "?"]
FILES = {
    "adult/adult-test.csv": dict(header=None, skipinitialspace=True),
    "adult/adult-train.csv": dict(header=None, skipinitialspace=True),
    "tabular-clean/abalone.csv": dict(header=None),
    "tabular-clean/banknote_authentication.csv": dict(header=None),
    "tabular-clean/breast_cancer.csv": dict(header=None, skiprows=1),
    "tabular-clean/california_housing.csv": {},
    "tabular-clean/diamonds.csv": {},
    "tabular-clean/german.csv": dict(header=None),
    "tabular-clean/iris.csv": dict(header=None, skiprows=1),
    "tabular-clean/optdigits-test.csv": dict(header=None),
    "tabular-clean/optdigits-train.csv": dict(header=None),
    "tabular-clean/pima-indians-diabetes.csv": dict(header=None),
    "tabular-clean/sonar.csv": dict(header=None),
    "tabular-clean/wheat-seeds.csv": dict(header=None),
    "tabular-clean/wine_data.csv": dict(header=None, skiprows=1),
    "tabular-clean/winequality-white.csv": dict(header=None),
    "tabular-dirty/airports.csv": {},
    "tabular-dirty/birdstrikes.csv": {},
    "tabular-dirty/boston_whitespace.data": dict(header=None, sep=r"\s+"),
    "tabular-dirty/breast-cancer-wisconsin.data": dict(header=None),
    "tabular-dirty/breast_cancer_single_quoted.csv": dict(header=None, quotechar="'"),
    "tabular-dirty/exercise_cr_only.csv": {},
    "tabular-dirty/gapminder-unclean.csv": {},
    "tabular-dirty/gdp_per_capita.csv": dict(sep="\t", encoding="windows-1252", thousands=",", skipfooter=1, engine="python"),
    "tabular-dirty/laucnty16_thousands.csv": dict(thousands=",", dtype={"State FIPS Code": str, "County FIPS Code": str}),
    "tabular-dirty/mpg.csv": {},
    "tabular-dirty/mpg_raw.csv": {},
    "tabular-dirty/oecd_bli_2015.csv": {},
    "tabular-dirty/penguins.csv": {},
    "tabular-dirty/penguins_raw.csv": {},
    "tabular-dirty/planets_comment_header.csv": dict(comment="#"),
    "tabular-dirty/seaice_bom_crlf.csv": {},
    "tabular-dirty/state_pop_semicolon_bom.csv": dict(sep=";"),
    "tabular-dirty/telco_churn.csv": {},
    "tabular-dirty/titanic_raw_crlf.csv": {},
    "tabular-dirty/titanic_train.csv": {},
    "tabular-dirty/volcano_db.csv": dict(encoding="windows-1252"),
    "text/sms_spam.tsv": dict(header=None, sep="\t", quoting=3),
    "text/wikipedia-detox-250-line-data.tsv": dict(sep="\t"),
    "text/wikipedia-detox-250-line-test.tsv": dict(sep="\t"),
}

for path, options in FILES.items():
    table = pandas.read_csv(f"{sys.argv[1]}/{path}", na_values=MISSING, keep_default_na=False, **options)
    for name in table.columns:
        if table[name].dtype == object or str(table[name].dtype) in ("str", "string"):
            blank = table[name].astype(str).str.strip().isin(MISSING) | table[name].isna()
            table[name] = table[name].mask(blank)
            numbers = pandas.to_numeric(table[name], errors="coerce")
            leading = table[name].dropna().astype(str).str.match(r"^[+-]?0\d")
            if numbers.notna().sum() == table[name].notna().sum() and not leading.any():
                table[name] = numbers
    total = sum(float(table[name].sum()) for name in table.columns if table[name].dtype.kind in "if")
    print(path, len(table), len(table.columns), int(table.isna().sum().sum()), repr(total), sep="\t")
