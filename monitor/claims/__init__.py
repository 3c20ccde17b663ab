"""From a text to observations: claim, value, place in time, modality, speaker, exact quote."""

from monitor.claims.lint import Finding, line_of, lint
from monitor.claims.output import to_json
from monitor.claims.quantities import mentions
from monitor.claims.reader import Explained, Opinion, Reader
from monitor.claims.score import Label, Score, label_of, score
from monitor.claims.suggest import Suggestion, suggest
from monitor.claims.trial import Failure, try_examples

__all__ = [
    "Explained",
    "Failure",
    "Finding",
    "Label",
    "Opinion",
    "Reader",
    "Score",
    "Suggestion",
    "label_of",
    "line_of",
    "lint",
    "mentions",
    "score",
    "suggest",
    "to_json",
    "try_examples",
]
