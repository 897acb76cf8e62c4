"""A person's way through the window, from a table to an exported model; pictures of every page in both themes, languages and sizes.

journey.py PROGRAM FOLDER, on a display with a window manager and a session bus: journey.sh sees to that.
"""
import os
import pathlib
import re
import subprocess
import sys
import time

import pyatspi

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from window import Missing, Window  # noqa: E402

SIZES = [(1366, 768), (1920, 1200)]
STAGES = ["data", "clean", "label", "model", "train", "review", "use"]
TABLE = pathlib.Path(__file__).parents[3] / "resources/samples/iris.csv"
PAINTED = 0.4  # seconds until a new size or page is painted


class Journey:
    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.home = pathlib.Path(os.environ["HOME"])
        self.project = self.home / "Lamina/flowers.lamina"
        self.window, self.language, self.theme = None, "en", "light"
        self.number = 0

    # -- the program -----------------------------------------------------------------------------------------------------------------

    def start(self, *files, language="en", theme="light"):
        self.language, self.theme = language, theme
        self.window = Window(self.program, ["--language", language, "--theme", theme, *map(str, files)], dict(os.environ))
        self.main = self.window.wait("the main window", self.main_window)
        self.resize(SIZES[0])

    def main_window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.window.process.pid), "--name", "Lamina$"],
                               capture_output=True, text=True).stdout.split()
        return found[0] if found else None

    def end(self):
        code = self.window.close()
        if code != 0:
            raise Missing(f"the program ended with {code}")

    def resize(self, size):
        subprocess.run(["xdotool", "windowsize", self.main, *map(str, size), "windowmove", self.main, "0", "0"], check=True)
        time.sleep(PAINTED)

    def note_width(self):
        """Says where something made the window wider than the screen of a small notebook."""
        geometry = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.main], capture_output=True, text=True, check=True).stdout
        width = int(re.search(r"WIDTH=(\d+)", geometry)[1])
        if width > SIZES[0][0]:
            print(f"remark: the window became {width} pixels wide", flush=True)
            self.resize(SIZES[0])

    def key(self, keys):
        subprocess.run(["xdotool", "windowfocus", "--sync", self.main, "key", "--clearmodifiers", keys], check=True, capture_output=True)

    @staticmethod
    def keys(*keys):
        """To whatever listens: a menu, a dialog."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)
        time.sleep(PAINTED)

    def stage(self, name):
        self.key(f"ctrl+{STAGES.index(name) + 1}")
        time.sleep(PAINTED)

    def shot(self, name, sizes=SIZES):
        """A picture of the screen in each size; what was the size before does not matter."""
        for width, height in sizes:
            if len(sizes) > 1:
                self.resize((width, height))
            time.sleep(PAINTED)
            file = self.folder / f"{name}_{self.language}_{self.theme}_{width}x{height}.png"
            subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+0+0", "+repage", str(file)], check=True)
        if len(sizes) > 1:
            self.resize(SIZES[0])

    def small(self, name):
        self.number += 1
        self.shot(f"step{self.number:02}_{name}", SIZES[:1])

    # -- the way ---------------------------------------------------------------------------------------------------------------------

    def choose_file(self, path, button):
        """In the file chooser: the field that is called “File name:”."""
        self.window.type(re.compile("^File name"), str(path), role=pyatspi.ROLE_TEXT)
        self.window.press(button)

    def new_project(self):
        w = self.window
        w.find("Welcome to Lamina")
        self.shot("welcome")
        w.press("New project…", role=pyatspi.ROLE_PUSH_BUTTON)
        self.small("new_project")
        self.choose_file(self.project, "Save")
        w.find("Bring your data")
        self.shot("data_empty")
        for stage in ("model", "train", "review", "use"):
            self.stage(stage)
            self.small(stage + "_before")
        self.stage("data")

    def import_table(self):
        w = self.window
        w.press(re.compile("^Import( …)?$"), role=pyatspi.ROLE_PUSH_BUTTON)
        time.sleep(PAINTED)
        self.small("import_menu")
        self.keys("Down", "Return")  # what pops up is not on the accessibility bus
        self.small("choose_table")
        self.choose_file(TABLE, "Open")
        w.find("First rows")
        time.sleep(1)
        self.small("import_dialog")
        w.press("Import", role=pyatspi.ROLE_PUSH_BUTTON, within="Import data")
        w.find(re.compile("150 rows"))
        self.shot("data_table")
        w.press(re.compile("^(Change the split|Split the data)$"))
        w.press("Draw the parts again")
        w.find(re.compile("[Tt]est part stays"))
        self.shot("data_split")

    def build_network(self):
        self.stage("model")
        self.window.press(re.compile("^Start with"))
        self.window.find("Network canvas")
        self.shot("model")

    def train(self):
        w = self.window
        self.stage("train")
        w.find("Start training")
        self.shot("train_form")
        w.press("Start training")
        time.sleep(0.6)
        self.small("training")
        w.find(re.compile("^The training (is finished|stopped early)"), seconds=90)
        self.shot("train_done")

    def review(self):
        w = self.window
        self.stage("review")
        w.find("Runs")
        self.shot("review_curves")
        w.press("Evaluation", role=pyatspi.ROLE_PAGE_TAB)
        self.small("review_not_evaluated")
        w.press("Evaluate")
        w.find(re.compile("^Confusion matrix"))
        self.shot("review_evaluation")

    def use(self):
        w = self.window
        self.stage("use")
        w.find(re.compile(r"^Item 1 of \d+"))
        self.shot("use")
        w.press("Next item")
        w.find(re.compile("^Item 2 of"))
        w.type(self.feature(), "tall", role=pyatspi.ROLE_TEXT)
        w.find(re.compile("tall.* is not a number"))
        self.small("use_not_a_number")
        w.type(self.feature(), "5.5", role=pyatspi.ROLE_TEXT)
        w.find("Typed by you")
        w.find(re.compile("sure$"))
        file = self.home / "flowers.onnx"
        for again in (False, True):
            w.press("Export…")
            if not again:
                self.small("export_dialog")
            self.choose_file(file, "Save")
            if again:
                self.small("export_exists")
                w.press("Yes")
            w.find(re.compile("^Proven: the file gives the same answers"), seconds=60)
            if not file.stat().st_size:
                raise Missing("an empty file was exported")
        self.shot("use_exported")

    def feature(self):
        return TABLE.read_text().splitlines()[0].split(",")[0]

    def around(self):
        """What can be opened from everywhere."""
        w = self.window
        self.key("F1")
        w.find("Help", role=pyatspi.ROLE_DIALOG)
        self.small("help")
        w.press("Close", within="Help")
        self.key("ctrl+h")
        w.find("Go back to here")
        self.small("history")
        self.key("ctrl+h")
        self.note_width()
        self.key("ctrl+comma")
        w.find("Settings", role=pyatspi.ROLE_DIALOG)
        self.small("settings")
        self.key("Escape")

    def look_at_pages(self, language, theme):
        self.start(self.project, language=language, theme=theme)
        title = {"en": "Data", "zh": "数据"}[language]
        self.window.find(title)
        for stage in STAGES:
            self.stage(stage)
            time.sleep(0.5)
            self.shot(f"page{STAGES.index(stage) + 1}_{stage}")
            if language == "zh":
                self.note_english(stage)
        self.end()

    def note_english(self, stage):
        """Words that a Chinese reader finds in English: for people to look through; names of columns and runs may well be among them."""
        with open(self.folder / "english_in_chinese.txt", "a", encoding="utf-8") as out:
            for node in self.window.nodes():
                name = node.name or ""
                if re.search("[A-Za-z]{3,}.* [A-Za-z]{2,}", name) and not re.search("[\u4e00-\u9fff]", name):
                    out.write(f"{stage}: {node.getRoleName()}: {name[:160]}\n")


def main():
    journey = Journey(sys.argv[1], sys.argv[2])
    began = time.monotonic()
    (journey.folder / "english_in_chinese.txt").unlink(missing_ok=True)

    def done(what):
        print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)

    try:
        journey.start()
        for step in (journey.new_project, journey.import_table, journey.build_network, journey.train, journey.review, journey.use, journey.around):
            step()
            done(step.__name__)
        journey.end()
        for language, theme in (("en", "dark"), ("zh", "light"), ("zh", "dark")):
            journey.look_at_pages(language, theme)
            done(f"pages in {language}, {theme}")
    except BaseException:
        if journey.window and journey.window.process.poll() is None:
            journey.shot("failed", SIZES[:1])
        raise
    finally:
        if journey.window:
            journey.window.close()
    print(f"The whole way was gone. Pictures: {journey.folder}")


if __name__ == "__main__":
    main()
