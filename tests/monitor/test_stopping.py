"""A stop that arrives where an exception dies, or where a row is being closed, still stops."""

import subprocess
import sys

import pytest

LOST = """
import signal, weakref
from monitor import stopping
class Thing: pass
def dies(_): signal.raise_signal(signal.SIGTERM); raise RuntimeError("unraisable")
stopping.listen()
try:
    thing = Thing()
    kept = weakref.ref(thing, dies)
    del thing
    print("lost", flush=True)
    while True: pass
except stopping.Stopped as stop:
    stopping.heard()
    print("stopped", int(stop.number))
"""
SHIELDED = """
import signal
from monitor import stopping
stopping.listen()
try:
    with stopping.shielded():
        signal.raise_signal(signal.SIGINT)
        sum(range(10**7))
        print("closed", flush=True)
    while True: pass
except stopping.Stopped as stop:
    stopping.heard()
    print("stopped", int(stop.number))
"""
UNWINDING = """
import signal
from monitor import stopping
stopping.listen()
try:
    try:
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGALRM)
        print("cleaned up", flush=True)
except stopping.Stopped as stop:
    stopping.heard()
    print("stopped", int(stop.number))
"""


@pytest.mark.parametrize(
    "program, printed",
    [
        pytest.param(LOST, "lost\nstopped 15\n", id="lost in the callback of a weak reference"),
        pytest.param(SHIELDED, "closed\nstopped 2\n", id="held back while a row is closed"),
        pytest.param(UNWINDING, "cleaned up\nstopped 15\n", id="asked twice while it unwinds"),
    ],
)
def test_a_stop_is_never_lost(program: str, printed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == printed
