"""Custom actions for Rasa: thin, over the knowledge base. They read and say; what a reply does beside being read (a
handoff, say) it carries as `effects`, which the conversations carry out in one transaction with the reply itself.

`approdo serve` mounts them at `/webhook`; `python -m rasa_sdk --actions actions` serves them alone.
"""

from actions.answering import ActionAnswer, ActionAskFacet, ActionChooseTopic, ActionUrgent
from actions.language import ActionChangeLanguage
from actions.people import ActionAffirm, ActionHandoff

__all__ = [
    "ActionAffirm",
    "ActionAnswer",
    "ActionAskFacet",
    "ActionChangeLanguage",
    "ActionChooseTopic",
    "ActionHandoff",
    "ActionUrgent",
]
