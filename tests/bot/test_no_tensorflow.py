"""Rasa without TensorFlow. Each test looks at a fresh interpreter: imports cannot be undone."""

import importlib.util
import subprocess
import sys
import textwrap
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(code):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(code)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@unittest.skipIf(importlib.util.find_spec("tensorflow"), "TensorFlow is installed: Rasa is the stock one")
class WithoutTensorFlowTest(unittest.TestCase):
    def test_rasa_s_command_never_imports_it(self) -> None:
        self.assertEqual(run("import rasa.__main__, sys; print('tensorflow' in sys.modules)"), "False")

    def test_neither_do_loading_a_model_and_the_default_recipe(self) -> None:
        code = "import rasa.core.agent, rasa.engine.recipes.default_recipe, sys; print('tensorflow' in sys.modules)"
        self.assertEqual(run(code), "False")

    def test_a_stand_in_explains_itself(self) -> None:
        said = run("""
            from rasa.nlu.classifiers.diet_classifier import DIETClassifier
            for use in (DIETClassifier, DIETClassifier.create, DIETClassifier.load):
                try:
                    use()
                except RuntimeError as error:
                    print(error)
        """).splitlines()
        self.assertEqual(len(said), 3)
        for line in said:
            self.assertIn("needs TensorFlow", line)
            self.assertIn("tensorflow==", line)

    def test_a_stand_in_is_the_same_class_each_time_and_has_no_other_names(self) -> None:
        said = run("""
            import rasa.core.policies.ted_policy as ted
            print(ted.TEDPolicy is ted.TEDPolicy, hasattr(ted, "logger"))
        """)
        self.assertEqual(said, "True False")

    def test_other_modules_are_rasa_s_own(self) -> None:
        said = run("""
            import bot.no_tensorflow as stand_ins
            import rasa.nlu.classifiers.logistic_regression_classifier as own
            stand_ins.install(); stand_ins.install()
            import sys
            finders = [f for f in sys.meta_path if type(f).__name__ == "_StandInFinder"]
            print(bool(own.__file__), len(finders))
        """)
        self.assertEqual(said, "True 1")


if __name__ == "__main__":
    unittest.main()
