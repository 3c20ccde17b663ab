"""From a text to observations: claim, value, place in time, modality, speaker, exact quote."""

from monitor.claims.output import to_json
from monitor.claims.quantities import mentions
from monitor.claims.reader import Reader

__all__ = ["Reader", "mentions", "to_json"]
