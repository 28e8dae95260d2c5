"""Let every `rasa` command work where TensorFlow is not installed.

Rasa 3.6 imports TensorFlow even for a pipeline that never uses it: `rasa.utils.train_utils` wants its training
callbacks, and the default recipe lists the DIET, TED, ConveRT and language-model components. Leaving it out halves
the start-up time and saves two thirds of the memory. This module answers the import of just those modules with empty
stand-ins; `bot/.venv` loads it at start through a `.pth` file, so the stock `rasa` command works as it is.

Where TensorFlow is installed nothing happens, and Rasa is the stock one.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from types import ModuleType
from typing import Any, Optional, Sequence

STAND_INS = frozenset(
    {
        "rasa.utils.tensorflow.callback",
        "rasa.utils.tensorflow.data_generator",
        "rasa.nlu.classifiers.diet_classifier",
        "rasa.nlu.selectors.response_selector",
        "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
        "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
        "rasa.core.policies.ted_policy",
        "rasa.core.policies.unexpected_intent_policy",
    }
)


class _StandInModule(ModuleType):
    """A module in which every capitalised name is a class that explains itself when it is used."""

    def __getattr__(self, name: str) -> Any:
        if not name[:1].isupper():
            raise AttributeError(name)

        def refuse(*_: Any, **__: Any) -> None:
            raise RuntimeError(
                f"{name} needs TensorFlow, which this environment leaves out: "
                "install tensorflow==2.12.0 in bot/.venv to use it."
            )

        stand_in = type(name, (), {"__init__": refuse, "create": refuse, "load": refuse})
        setattr(self, name, stand_in)
        return stand_in


class _StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers the import of the modules in `STAND_INS`, and of nothing else."""

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname not in STAND_INS:
            return None
        return importlib.machinery.ModuleSpec(fullname, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name, "Stands in for a module that needs TensorFlow.")

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the classes are made when they are asked for."""


def install() -> None:
    """Put the finder first in line, unless TensorFlow is there or the finder already is."""
    if importlib.util.find_spec("tensorflow") is not None:
        return
    if not any(isinstance(finder, _StandInFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _StandInFinder())


install()
