"""Five real tables from the raw file to a trained and exported model in a real window, as somebody would who has never seen Lamina: looked at, cleaned,
divided, trained from a template, judged, exported.

tables.py PROGRAM FOLDER [PART…], on a display with a window manager and a session bus: play.sh sees to that. Parts: titanic, telco, gdp, volcano, wellbeing
(oecd_bli with gdp_per_capita joined to it). Prints one line of JSON for each. Ends with 77 where the tables are not there (tabular-dirty in LAMINA_DATA,
else in shared/data beside the repository).
"""
import json
import os
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from person import DATA, Person, must  # noqa: E402

TABLES = DATA / "tabular-dirty"


class Journey:
    def __init__(self, program, folder, name):
        home = pathlib.Path(os.environ["HOME"])
        self.person = Person(program, folder, home / f"{name}.lamina")
        self.model = home / f"{name}.onnx"
        self.figures = {"table": name}

    def begin(self, file, rows):
        p = self.person
        p.new_project()
        self.bring(file, rows)
        p.shot("data")
        p.window.press("Whole data set")
        p.window.find("Missing together", seconds=30)
        p.shot("profile")

    def bring(self, file, rows):
        p = self.person
        p.choose_source(TABLES / file)
        p.shot("import")
        self.figures["import_s"] = round(p.take_in(rows), 2)

    def clean(self, target=None, proposed=None):
        """What is proposed there is read by heart; the steps are somebody's own."""
        p = self.person
        p.stage("clean")
        p.window.gone("Looking at all rows …")
        p.shot("before")
        if proposed:
            p.window.find(proposed)
        if target:
            self.aim(target)

    def aim(self, target, further=0):
        """Unless it is what Lamina took for the target by itself."""
        p = self.person
        if p.combo("To be predicted").name == target:
            self.figures["target_found"] = True
            return
        p.choose("To be predicted", target, further)
        p.window.find(re.compile(f"^{target} is to be predicted now"))

    def learn(self):
        """From clean rows to an exported model."""
        p = self.person
        p.split()
        p.shot("split")
        self.figures["template"] = p.build()
        p.shot("network")
        self.figures["training_s"] = round(p.train(), 1)
        p.shot("trained")
        p.evaluate()
        p.shot("evaluation")
        p.export(self.model)
        p.shot("exported")

    def judge(self):
        """What the command line reads from the same project, after the window has gone."""
        p = self.person
        p.close()
        document = p.lamina("evaluate", p.project, "--json")
        name = "accuracy" if "accuracy" in document["scores"] else "rmse"
        self.figures |= {"items": document["items"], "score": name, "model": round(document["scores"][name], 4)}
        self.figures |= {kind: round(scores[name], 4) for kind, scores in document["baselines"].items() if name in scores}


def titanic(journey):
    p = journey.person
    journey.begin("titanic_train.csv", 891)
    journey.clean("Survived", "Age has no value in 177 rows (20 %).")
    p.add_step("fill missing", "Fill missing values")
    p.tick("Columns", "Age")
    p.choose("Fill with", "Median")
    p.shot("age_filled")
    p.add_step("drop columns", "Drop columns")
    p.tick("Columns", "PassengerId", "Name", "Ticket", "Cabin")
    p.cleaned(891, 8)
    p.shot("columns_dropped")
    journey.learn()
    journey.judge()


def telco(journey):
    p = journey.person
    journey.begin("telco_churn.csv", 7043)
    journey.clean("Churn", "TotalCharges has no value in 11 rows (0.2 %).")
    p.add_step("remove rows with missing", "Remove rows with missing values")
    p.tick("Columns", "TotalCharges")
    p.cleaned(7032)
    p.shot("blanks_removed")
    journey.learn()
    journey.judge()


def gdp(journey):
    """One number for each country and next to nothing to tell it from: the honest end is a model that is no better than the mean, and words that say so."""
    p = journey.person
    journey.begin("gdp_per_capita.csv", 189)
    journey.clean()
    p.add_step("unpivot", "Unpivot")
    p.tick("Columns", "2015")
    p.write("Name column", "Year")
    p.write("Value column", "GDP")
    p.cleaned(189, 8)
    p.shot("unpivoted")
    journey.aim("GDP")
    p.shot("aimed")
    journey.learn()
    journey.judge()


KINDS = ["Stratovolcano", "Shield volcano", "Submarine volcano", "Volcanic field", "Caldera", "Cinder cone"]
SPELLED = {"Stratovolcanoes": "Stratovolcano", "Submarine volcanoes": "Submarine volcano", "Submarine volcano?": "Submarine volcano", "Cinder cones": "Cinder cone"}


def volcano(journey):
    p = journey.person
    journey.begin("volcano_db.csv", 1571)
    journey.clean("Type")
    p.add_step("words that mean", "Words that mean missing")
    p.write("Words", "Unknown\nU\n?")
    p.shot("words_missing")
    p.add_step("replace values", "Replace values")
    p.tick("Columns", "Type")
    p.write("Values", "\n".join([*KINDS, *SPELLED]))
    p.write("New values", "\n".join([*KINDS, *SPELLED.values()]))
    p.choose("All other values", "Are replaced")
    p.write("Replacement for others", "Other kind")
    p.shot("kinds_merged")
    p.add_step("drop columns", "Drop columns")
    p.tick("Columns", "Number", "Volcano Name")
    p.cleaned(1571, 8)
    p.shot("columns_dropped")
    journey.learn()
    journey.judge()


def wellbeing(journey):
    p = journey.person
    journey.begin("gdp_per_capita.csv", 189)
    journey.bring("oecd_bli_2015.csv", 3292)
    p.shot("second_table")
    journey.clean()
    p.add_step("filter", "Filter rows")
    p.write("Condition", "INEQUALITY = 'TOT'")
    p.cleaned(888)
    p.add_step("pivot", "Pivot")
    p.tick("Key columns", "Country")
    p.choose("Column names", "Indicator", 1)  # behind INDICATOR
    p.choose("Values", "Value")
    p.cleaned(37, 25)
    p.shot("pivoted")
    p.add_step("join", "Join another table")
    p.shot("join_begun")
    p.choose("Table", "gdp_per_capita")
    p.choose("Key column", "Country")
    p.tick("Columns to add", "2015")
    p.cleaned(37, 26)
    p.shot("joined")
    journey.aim("Life satisfaction", 1)  # behind Life expectancy
    journey.learn()
    journey.judge()


def well(figures):
    """Better than what needs no network: the most frequent class by far, the mean; where nothing is to be learned, hardly worse than that."""
    if "most_frequent" in figures:
        return figures["model"] >= figures["most_frequent"] + 0.05
    return figures["model"] <= figures["mean"] * (1.1 if figures["table"] == "gdp" else 1)


PARTS = {part.__name__: part for part in (titanic, telco, gdp, volcano, wellbeing)}


def main():
    if not TABLES.exists():
        print(f"skipped: {TABLES} is not there")
        return 77
    for name in sys.argv[3:] or PARTS:
        journey = Journey(sys.argv[1], sys.argv[2], name)
        began = time.monotonic()
        try:
            PARTS[name](journey)
        except BaseException:
            if journey.person.window.process.poll() is None:
                journey.person.shot("failed")
            raise
        finally:
            journey.person.window.close()
        journey.figures["seconds"] = round(time.monotonic() - began, 1)
        print(json.dumps(journey.figures), flush=True)
        must(well(journey.figures), f"{name}: the model is no better than what needs none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
