"""The classifier of dialogue acts: Rasa's logistic regression, with the settings that Rasa's own has no room for."""

from collections import Counter
from typing import Any, Dict, Text

import skops.io
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

# What skops does not know to be harmless: the idf weights are a sparse matrix.
_TRUSTED = ["scipy.sparse._csr.csr_matrix"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DialogueActClassifier(LogisticRegressionClassifier):
    """Logistic regression over tf-idf.

    Rasa's own takes raw counts, so that a long text is always a sure one, and reads neither `C` nor `class_weight`
    from `config.yml`: it always weighs a rare act up by as much as it is rare.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            **LogisticRegressionClassifier.get_default_config(),
            "C": 30.0,
            # How much a rare act is weighed up: 0 not at all, 1 as much as it is rarer than the others.
            "rarity": 1.0,
        }

    def __init__(self, config: Dict[Text, Any], name: Text, model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, name, model_storage, resource)
        # Replaced by the trained one when a model is loaded.
        self.clf = make_pipeline(
            TfidfTransformer(sublinear_tf=True),
            LogisticRegression(
                C=self.config["C"],
                solver=self.config["solver"],
                max_iter=self.config["max_iter"],
                tol=self.config["tol"],
                random_state=self.config["random_state"],
            ),
        )

    def train(self, training_data: TrainingData) -> Resource:
        """Train on every example that has a text and an intent."""
        features, acts = self._create_training_matrix(training_data)
        counts = Counter(acts)
        even = len(acts) / len(counts)
        weights = {act: (even / count) ** self.config["rarity"] for act, count in counts.items()}
        self.clf.set_params(logisticregression__class_weight=weights)
        self.clf.fit(features, acts)
        self.persist()
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "DialogueActClassifier":
        """The trained classifier. Raises where there is none: Rasa's own would go on with an untrained one."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.clf = skops.io.load(folder / f"{resource.name}.skops", trusted=_TRUSTED)
        return component
