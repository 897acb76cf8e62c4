"""A person's way through the window, from a table to an exported model, in English and in Chinese; pictures of every page and state in both
themes, languages and sizes.

journey.py PROGRAM FOLDER, on a display with a window manager and a session bus: play.sh sees to that.
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
from words import Words  # noqa: E402

SIZES = [(1366, 768), (1920, 1200)]
CLOSE_UP = (3840, 2160)
NARROW = (1024, 700)
STAGES = ["data", "clean", "label", "model", "train", "review", "use"]
TABLE = pathlib.Path(__file__).parents[3] / "resources/samples/iris.csv"
PAINTED = 0.4  # seconds until a new size or page is painted


class Journey:
    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.home = pathlib.Path(os.environ["HOME"])
        self.project = self.home / "Lamina/flowers.lamina"
        self.window, self.language, self.theme, self.say = None, "en", "light", None
        self.number, self.size = 0, SIZES[0]
        self.english = set()  # what a Chinese reader found in English

    # -- the program -----------------------------------------------------------------------------------------------------------------

    def start(self, *files, language="en", theme="light", scale=1):
        self.language, self.theme, self.say = language, theme, Words(language)
        environment = dict(os.environ) | ({"QT_SCALE_FACTOR": str(scale)} if scale != 1 else {})
        self.window = Window(self.program, ["--language", language, "--theme", theme, *map(str, files)], environment)
        self.main = self.window.wait("the main window", self.main_window)
        self.resize(SIZES[0] if scale == 1 else CLOSE_UP)

    def main_window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.window.process.pid), "--name", "Lamina$"],
                               capture_output=True, text=True).stdout.split()
        return found[0] if found else None

    def end(self):
        code = self.window.close()
        if code != 0:
            raise Missing(f"the program ended with {code}")

    def resize(self, size):
        self.size = size
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
        """A picture of the screen in each size."""
        before = self.size
        for size in sizes:
            if size != self.size:
                self.resize(size)
            time.sleep(PAINTED)
            file = self.folder / f"{name}_{self.language}_{self.theme}_{size[0]}x{size[1]}.png"
            subprocess.run(["import", "-window", "root", "-crop", f"{size[0]}x{size[1]}+0+0", "+repage", str(file)], check=True)
        if self.size != before:
            self.resize(before)
        if self.language == "zh":
            self.note_english(name)

    def small(self, name):
        self.number += 1
        self.shot(f"step{self.number:02}_{name}", SIZES[:1])

    # -- the way ---------------------------------------------------------------------------------------------------------------------

    def choose_file(self, path, button):
        """In Qt's file chooser."""
        self.window.type(self.say.within("File &name:"), str(path), role=pyatspi.ROLE_TEXT)
        self.window.press(self.say(button), role=pyatspi.ROLE_PUSH_BUTTON)

    def new_project(self):
        w, say = self.window, self.say
        w.find(say("Welcome to Lamina"))
        self.shot("welcome")
        w.press(say("New project…"), role=pyatspi.ROLE_PUSH_BUTTON)
        self.small("new_project")
        self.choose_file(self.project, "&Save")
        w.find(say("Bring your data"))
        self.shot("data_empty")
        for stage in STAGES[1:]:
            self.stage(stage)
            self.small(stage + "_before")
        self.stage("data")

    def import_table(self):
        w, say = self.window, self.say
        w.press(say("&Import …"), role=pyatspi.ROLE_PUSH_BUTTON)
        time.sleep(PAINTED)
        self.small("import_menu")
        self.keys("Down", "Return")  # what pops up is not on the accessibility bus
        self.small("choose_table")
        self.choose_file(TABLE, "&Open")
        w.find(say("First rows"))
        time.sleep(1)
        self.small("import_dialog")
        w.press(say("&Import"), role=pyatspi.ROLE_PUSH_BUTTON, within=say("Import data"))
        w.find(say.within("%1 rows, %2 columns", 150))
        self.shot("data_table")
        w.press(say.any("C&hange the split", "S&plit the data"))
        w.press(say("D&raw the parts again"))
        w.find(say("Share of the test part"))
        self.shot("data_split")

    def build_network(self):
        self.stage("model")
        self.window.press(self.say("Start with: %1"))
        self.window.find(self.say("Network canvas"))
        self.shot("model")

    def train(self):
        w, say = self.window, self.say
        self.stage("train")
        w.find(say("&Start training"))
        self.shot("train_form")
        w.press(say("&Start training"))
        time.sleep(0.6)
        self.small("training")
        w.find(say.any("The training is finished. The best epoch is kept.",
                       "The training stopped early: the validation did not become better any more. The best epoch is kept."), seconds=90)
        self.shot("train_done")

    def review(self):
        w, say = self.window, self.say
        self.stage("review")
        w.find(say("Runs"))
        self.shot("review_curves")
        w.press(say("Evaluation"), role=pyatspi.ROLE_PAGE_TAB)
        self.small("review_not_evaluated")
        w.press(say("Evaluate"))
        w.find(say("Confusion matrix: rows are the actual classes, columns the predicted ones"))
        self.shot("review_evaluation")

    def use(self):
        w, say = self.window, self.say
        self.stage("use")
        w.find(say("Item %1 of %2 (%3)", 1))
        self.shot("use")
        w.press(say("Next item"))
        w.find(say("Item %1 of %2 (%3)", 2))
        w.type(self.feature(), "tall", role=pyatspi.ROLE_TEXT)
        w.find(say.message("predict.not_a_number"))
        self.small("use_not_a_number")
        w.type(self.feature(), "5.5", role=pyatspi.ROLE_TEXT)
        w.find(say("Typed by you"))
        w.find(say("%1 sure"))
        file = self.home / f"flowers_{self.language}.onnx"
        for again in (False, True):
            w.press(say("&Export…"))
            if not again:
                self.small("export_dialog")
            self.choose_file(file, "&Save")
            if again:
                self.small("export_exists")
                w.press(say("&Yes"), role=pyatspi.ROLE_PUSH_BUTTON)
            w.find(say("Proven: the file gives the same answers as Lamina."), seconds=60)
            if not file.stat().st_size:
                raise Missing("an empty file was exported")
        self.shot("use_exported")

    def feature(self):
        return TABLE.read_text().splitlines()[0].split(",")[0]

    def around(self):
        """What can be opened from everywhere."""
        w, say = self.window, self.say
        self.key("F1")
        w.find(say("Help"), role=pyatspi.ROLE_DIALOG)
        self.small("help")
        w.press(say.any("Close", "&Close"), within=say("Help"))
        self.key("ctrl+h")
        w.find(say("Go back to here"))
        self.small("history")
        self.key("ctrl+h")
        self.note_width()
        self.key("ctrl+comma")
        w.find(say("Settings"), role=pyatspi.ROLE_DIALOG)
        self.small("settings")
        self.key("Escape")

    def look_at_pages(self, name="page", sizes=SIZES):
        """An opened project, page by page."""
        self.window.find(self.say("%1 – Lamina", self.project.stem))
        for stage in STAGES:
            self.stage(stage)
            time.sleep(0.5)
            self.shot(f"{name}{STAGES.index(stage) + 1}_{stage}", sizes)

    def look_close_up(self):
        """Twice as many pixels for everything, as on a 4K screen."""
        self.start(self.project, language="zh", theme="light", scale=2)
        self.look_at_pages("close", [CLOSE_UP])
        self.end()

    def look_narrow(self):
        """A small window with everything open at the right."""
        self.start(self.project, language="en", theme="light")
        self.resize(NARROW)
        self.key("ctrl+h")
        self.look_at_pages("narrow", [NARROW])
        self.key("ctrl+h")
        self.end()

    def note_english(self, where):
        """Sentences in English on a Chinese screen. Two words alone may be names; the title of the window names the project."""
        for node in self.window.nodes():
            name = node.name or ""
            if re.search("[A-Za-z]{3,} [A-Za-z]{2,}", name) and not re.search("[\u4e00-\u9fff]", name):
                self.english.add(f"{where}: {node.getRoleName()}: {name[:160]}")


def walk(journey, language, theme, done):
    """The whole way, then all pages of what came of it in the other theme."""
    journey.project = journey.home / f"Lamina/flowers_{language}.lamina"
    journey.number = 0
    journey.start(language=language, theme=theme)
    for step in (journey.new_project, journey.import_table, journey.build_network, journey.train, journey.review, journey.use, journey.around):
        step()
        done(f"{step.__name__} in {language}, {theme}")
    journey.end()
    other = {"light": "dark", "dark": "light"}[theme]
    journey.start(journey.project, language=language, theme=other)
    journey.look_at_pages()
    journey.end()
    done(f"pages in {language}, {other}")


def main():
    journey = Journey(sys.argv[1], sys.argv[2])
    began = time.monotonic()

    def done(what):
        print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)

    try:
        walk(journey, "en", "light", done)
        walk(journey, "zh", "dark", done)
        journey.look_close_up()
        done("pages with two pixels for one")
        journey.look_narrow()
        done("pages in a narrow window")
    except BaseException:
        if journey.window and journey.window.process.poll() is None:
            journey.shot("failed", [journey.size])
        raise
    finally:
        if journey.window:
            journey.window.close()
    if journey.english:
        raise Missing("not translated:\n" + "\n".join(sorted(journey.english)))
    print(f"The whole way was gone, twice. Pictures: {journey.folder}")


if __name__ == "__main__":
    main()
