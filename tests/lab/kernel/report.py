"""Runs the tests of this folder and prints one line of JSON for each: its name, and what went wrong, or why it was left out."""

import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


class Report(unittest.TestResult):
    def say(self, test, state, detail=""):
        print(json.dumps({"name": test.id().split(" ")[0].split(".")[-1], "state": state, "detail": detail}), flush=True)

    def addSuccess(self, test):
        self.say(test, "passed")

    def addSkip(self, test, reason):
        self.say(test, "skipped", reason)

    def addFailure(self, test, err):
        self.say(test, "failed", self._exc_info_to_string(err, test))

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.say(test, "failed", f"{subtest}: {self._exc_info_to_string(err, test)}")


pattern = sys.argv[1] if len(sys.argv) > 1 else "test_*.py"
unittest.defaultTestLoader.discover(str(HERE), pattern).run(Report())
