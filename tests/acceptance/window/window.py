"""What a person does with a window, through the accessibility bus: find a control by the name that a screen reader says, press it, type, wait.

Every search waits until the control is there and showing. Long tables are not walked into.
"""
import re
import subprocess
import time

import pyatspi

CLOSED = {pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_LIST}
PRESSES = ("press", "click", "activate", "toggle", "jump", "setfocus")


class Missing(AssertionError):
    pass


def text_of(name):
    return name.pattern if isinstance(name, re.Pattern) else name


def called(node, name):
    found = node.name or ""
    return name.search(found) is not None if isinstance(name, re.Pattern) else found == name


def matches(node, name, role):
    return (role is None or node.getRole() == role) and called(node, name)


def walk(node, depth=0):
    """What is showing. Of the windows the newest first: a dialog stands before what is behind it."""
    try:
        children = [node.getChildAtIndex(i) for i in range(node.childCount)]
    except Exception:  # the control went away while it was looked at
        return
    for child in reversed(children) if depth == 0 else children:
        try:
            if child is None or not (depth == 0 or child.getState().contains(pyatspi.STATE_SHOWING)):
                continue
            closed = child.getRole() in CLOSED
        except Exception:
            continue
        yield child
        if not closed and depth < 40:
            yield from walk(child, depth + 1)


class Window:
    """A started program and its windows."""

    def __init__(self, program, arguments, environment, name="lamina-studio"):
        self.process = subprocess.Popen([program, *arguments], env=environment)
        self.name = name
        self.wait("the program on the accessibility bus", lambda: self.application() is not None, 30)

    def application(self):
        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            try:
                child = desktop.getChildAtIndex(i)
                if child is not None and child.name == self.name and child.get_process_id() == self.process.pid:
                    return child
            except Exception:
                continue
        return None

    def nodes(self, within=None):
        application = self.application()
        for node in walk(application) if application else ():
            if within is None:
                yield node
            elif called(node, within):
                yield from walk(node, 1)

    def wait(self, what, condition, seconds=20):
        end = time.monotonic() + seconds
        while True:
            if self.process.poll() is not None:
                raise Missing(f"the program ended ({self.process.returncode}) while waiting for {what}")
            result = condition()
            if result:
                return result
            if time.monotonic() > end:
                raise Missing(f"not seen within {seconds} s: {what}. On the screen:\n{self.describe()}")
            time.sleep(0.05)

    def look(self, name, role=None, within=None):
        for node in self.nodes(within):
            try:
                if matches(node, name, role):
                    return node
            except Exception:
                continue
        return None

    def find(self, name, role=None, within=None, seconds=20):
        return self.wait(f"“{text_of(name)}”", lambda: self.look(name, role, within), seconds)

    def gone(self, name, role=None, seconds=20):
        self.wait(f"that “{text_of(name)}” goes away", lambda: self.look(name, role) is None, seconds)

    def press(self, name, role=None, within=None, seconds=20):
        def try_it():
            for node in self.nodes(within):
                try:
                    if not matches(node, name, role) or not node.getState().contains(pyatspi.STATE_ENABLED):
                        continue
                    actions = node.queryAction()
                    names = [actions.getName(i).lower() for i in range(actions.nActions)]
                except Exception:  # no actions, or gone
                    continue
                for wanted in PRESSES:
                    if wanted in names:
                        actions.doAction(names.index(wanted))
                        return True
            return False

        self.wait(f"“{text_of(name)}” that can be pressed", try_it, seconds)

    def type(self, name, text, role=None, within=None):
        self.find(name, role, within).queryEditableText().setTextContents(text)

    def describe(self):
        """The screen in the words of a screen reader, for people who read a failure."""
        lines = []
        for node in self.nodes():
            try:
                if node.name:
                    lines.append(f"  {node.getRoleName()}: {node.name[:120]}")
            except Exception:
                continue
        return "\n".join(lines[:150])

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode
