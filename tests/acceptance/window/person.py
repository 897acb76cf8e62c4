"""A person at a window of lamina-studio: keys, the mouse, what stands on the screen, pictures of it. English, on a small notebook's screen.

Lists that pop up are not on the accessibility bus: they are chosen from by keyboard, as hands do.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

import pyatspi

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from window import Missing, Window  # noqa: E402

SIZE = (1366, 768)
PAINTED = 0.4     # seconds until a new page is painted
PANEL = (60, 560)  # from where to where the panel at the right shows its rows
LETTERS = 0.55    # seconds after which typed letters begin a new search in a list
STAGES = ["data", "clean", "label", "model", "train", "review", "use"]
DATA = pathlib.Path(os.environ.get("LAMINA_DATA", pathlib.Path(__file__).resolve().parents[4] / "shared/data"))


def must(condition, what):
    if not condition:
        raise Missing(what)


class Person:
    def __init__(self, program, folder, project, *files):
        self.program, self.folder, self.project, self.number = program, pathlib.Path(folder), pathlib.Path(project), 0
        self.window = Window(program, ["--language", "en", "--theme", "light", *map(str, files)], dict(os.environ))
        self.main = self.window.wait("the main window", self.main_window)
        subprocess.run(["xdotool", "windowsize", self.main, *map(str, SIZE), "windowmove", self.main, "0", "0"], check=True)

    def main_window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.window.process.pid), "--name", "Lamina$"],
                               capture_output=True, text=True).stdout.split()
        return found[0] if found else None

    def lamina(self, *arguments):
        """The same project read by the command line."""
        tool = pathlib.Path(self.program).with_name("lamina")
        done = subprocess.run([str(tool), *map(str, arguments)], capture_output=True, text=True)
        must(done.returncode == 0, f"lamina {' '.join(map(str, arguments))}: {done.stderr or done.stdout}")
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    def shot(self, name):
        time.sleep(PAINTED)
        self.number += 1
        file = self.folder / f"{self.project.stem}{self.number:02}_{name}.png"
        subprocess.run(["import", "-window", "root", "-crop", f"{SIZE[0]}x{SIZE[1]}+0+0", "+repage", str(file)], check=True)

    # -- keys and mouse --------------------------------------------------------------------------------------------------------------

    @staticmethod
    def do(*commands):
        subprocess.run(["xdotool", *map(str, commands)], check=True)

    def keys(self, *keys):
        self.do("key", "--clearmodifiers", *keys)

    def letters(self, text):
        self.do("type", "--delay", "8", text)

    def stage(self, name):
        self.do("windowfocus", "--sync", self.main, "key", "--clearmodifiers", f"ctrl+{STAGES.index(name) + 1}")
        time.sleep(PAINTED)

    def click(self, node):
        """Near its upper right corner; the panel it is in is scrolled with the wheel until it is seen."""
        for _ in range(30):
            area = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
            place = area.x + area.width * 3 // 4, area.y + min(area.height // 2, 12)
            if PANEL[0] < place[1] < PANEL[1]:
                return self.do("mousemove", *place, "click", 1)
            self.do("mousemove", place[0], sum(PANEL) // 2, "click", 5 if place[1] >= PANEL[1] else 4)
            time.sleep(0.1)
        raise Missing(f"“{node.name}” cannot be scrolled to")

    def combo(self, name):
        """A drop-down list: its name on the bus is what is chosen, so it is found by its label, too."""

        def look():
            for node in self.window.nodes():
                try:
                    if node.getRole() != pyatspi.ROLE_COMBO_BOX:
                        continue
                    labels = [relation.getTarget(i).name for relation in node.getRelationSet() for i in range(relation.getNTargets())]
                    if name == node.name or name in labels:
                        return node
                except Exception:
                    continue
            return None

        return self.window.wait(f"the list “{name}”", look)

    def choose(self, name, entry, further=0):
        """An entry of a drop-down list, found by its first letters (and so many further down); the list may lie outside of what is scrolled to."""
        actions = self.combo(name).queryAction()
        actions.doAction([actions.getName(i).lower() for i in range(actions.nActions)].index("showmenu"))
        time.sleep(PAINTED)
        self.letters(entry.split(" ")[0])
        time.sleep(0.15)
        self.keys(*["Down"] * further, "Return")
        time.sleep(0.15)

    def tick(self, name, *entries):
        """Entries of a list with boxes, by their first letters and the space bar."""
        for entry in entries:
            self.click(self.window.find(name, pyatspi.ROLE_LIST))
            time.sleep(LETTERS)
            self.keys("Home")
            self.letters(entry.split(" ")[0])
            time.sleep(0.1)
            self.keys("space")
            self.window.wait(f"the tick at {entry}", lambda: self.is_ticked(name, entry), 5)
            time.sleep(LETTERS)

    def is_ticked(self, name, entry):
        boxes = self.window.look(name, pyatspi.ROLE_LIST)
        there = [boxes.getChildAtIndex(i) for i in range(boxes.childCount)] if boxes else []
        return any(box.name == entry and box.getState().contains(pyatspi.STATE_CHECKED) for box in there)

    def write(self, name, text):
        """Into a field of one line or of several."""
        self.window.type(name, text, role=pyatspi.ROLE_TEXT)
        time.sleep(0.6)

    def press(self, name, role=pyatspi.ROLE_PUSH_BUTTON, **where):
        self.window.press(name, role=role, **where)

    def texts(self, pattern):
        """What of this kind can be read on the screen."""
        found = []
        for node in self.window.nodes():
            try:
                if re.search(pattern, node.name or "", re.DOTALL):
                    found.append(node.name)
            except Exception:
                continue
        return found

    # -- the way through the pages ---------------------------------------------------------------------------------------------------

    def choose_file(self, path, button):
        """In Qt's file chooser."""
        self.window.type(re.compile("^(File name|Directory):"), str(path), role=pyatspi.ROLE_TEXT)
        self.press(button)

    def new_project(self):
        self.press("New project…")
        self.choose_file(self.project, "Save")
        self.window.find("Bring your data")

    def choose_source(self, path, folder=False):
        """What an import reads: the dialog with its first rows comes."""
        self.do("windowfocus", "--sync", self.main, "key", "--clearmodifiers", "ctrl+i")
        time.sleep(PAINTED)
        self.keys(*(["Down"] * (2 if folder else 1)), "Return")
        self.choose_file(path, "Choose" if folder else "Open")
        self.window.find("Import data", role=pyatspi.ROLE_DIALOG)
        self.window.gone("Reading the first rows …")
        time.sleep(PAINTED)

    def take_in(self, rows):
        began = time.monotonic()
        self.press("Import", within="Import data")
        self.window.find(re.compile(rf"\b{rows:,} rows, [0-9]+ columns"), seconds=60)
        return time.monotonic() - began

    def add_step(self, words, title):
        """By what it is called in the words of a person."""
        self.do("windowfocus", "--sync", self.main, "key", "--clearmodifiers", "ctrl+k")
        time.sleep(0.2)
        self.letters(words)
        time.sleep(0.2)
        self.keys("Return")
        self.window.find(re.compile(rf"^After step \d+, {title}"), role=pyatspi.ROLE_LABEL)

    def cleaned(self, rows, columns=None):
        """Until the recipe has run."""
        pattern = rf"cleaned: {rows:,} rows, {columns if columns is not None else '[0-9]+'} columns"
        self.window.find(re.compile(pattern), seconds=30)

    def split(self):
        self.stage("data")
        self.press(re.compile("^(Split the data|Change the split)$"))
        self.window.find("Share of the test part")

    def build(self):
        self.stage("model")
        self.window.find(re.compile("^Start with: "), seconds=30)
        title = self.texts("^Start with: ")[0]
        self.press(title)
        self.window.find("Network canvas")
        return title

    def train(self, seconds=120):
        self.stage("train")
        self.window.find("Start training")
        self.shot("settings")
        self.press("Start training")
        began = time.monotonic()
        self.window.find(re.compile("^(The training is finished|The training stopped early)"), seconds=seconds)
        return time.monotonic() - began

    def evaluate(self):
        self.stage("review")
        self.window.find("Runs")
        self.shot("curves")
        self.press("Evaluation", role=pyatspi.ROLE_PAGE_TAB)
        self.press("Evaluate")
        time.sleep(1)

    def export(self, file):
        self.stage("use")
        self.press("Export…")
        self.choose_file(file, "Save")
        self.window.find("Proven: the file gives the same answers as Lamina.", seconds=60)
        must(file.stat().st_size > 0, "an empty file was exported")

    def close(self):
        code = self.window.close()
        must(code == 0, f"the program ended with {code}")
