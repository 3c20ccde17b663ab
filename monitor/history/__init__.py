"""Observations, old and new, into claim states and claim events."""

from monitor.history.ballots import Ballot, ballot, ballots, series_of
from monitor.history.consensus import assess, state
from monitor.history.definition import Definition, Exchange, exchange
from monitor.history.events import Told, changes, told
from monitor.history.links import link
from monitor.history.moves import Moves, assess_again, move, recounted
from monitor.history.places import Place, sighted
from monitor.history.standings import standings
from monitor.history.stands import Stand, fewest, stand
from monitor.history.statements import is_converted
from monitor.history.stored import dump, load
from monitor.history.tallies import Tally, recount, tally
from monitor.history.telling import ArticleChange

__all__ = [
    "ArticleChange",
    "Ballot",
    "Definition",
    "Exchange",
    "Moves",
    "Place",
    "Stand",
    "Tally",
    "Told",
    "assess",
    "assess_again",
    "ballot",
    "ballots",
    "changes",
    "dump",
    "exchange",
    "fewest",
    "is_converted",
    "link",
    "load",
    "move",
    "recount",
    "recounted",
    "series_of",
    "sighted",
    "stand",
    "standings",
    "state",
    "tally",
    "told",
]
