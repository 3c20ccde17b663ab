"""The killable pool: reading processes with limits of CPU time, memory and wall time.

Every worker has a pipe of its own, so a worker that is killed at any moment leaves no shared lock
behind. A hang inside C ends by SIGPROF or SIGKILL, which no library can catch.
"""

import logging
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Generic, TypeVar

from monitor.errors import MonitorError
from monitor.stopping import shielded

logger = logging.getLogger(__name__)

Task = TypeVar("Task")
Result = TypeVar("Result")

# A reading process that is descheduled for long is not hanging: wall time is a net under CPU time.
WALL_TIMES_CPU = 6
# A worker killed from outside (the kernel, an operator) says nothing about its page: try once more.
TRIES = 2
# Python objects that C libraries leak are given back by starting afresh after so many pages.
TASKS_PER_WORKER = 2_000
# Tasks held at once for each worker: enough to keep all busy beside a slow one, few in memory.
WINDOW = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may use."""

    workers: int = 0  # 0: one a core
    cpu_seconds: float = 10.0
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that gave no result. ``fate`` is a word of monitor.types.FATES."""

    fate: str
    detail: str


Prepare = Callable[[], Callable[[Task], Result]]


class Pool(Generic[Task, Result]):
    """Runs tasks in killable processes. ``prepare`` runs once in each and returns the function."""

    def __init__(self, prepare: Prepare[Task, Result], limits: Limits) -> None:
        self._prepare = prepare
        self._limits = limits
        self._size = limits.workers or os.cpu_count() or 1
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["monitor.decide", "monitor.articles.extract"])
        # Or the server of forks would import `random.py` or `monitor/` from where the user stands.
        os.environ["PYTHONSAFEPATH"] = "1"
        self._workers: list[_Worker[Task, Result]] = []

    def __enter__(self) -> "Pool[Task, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop all workers at once; what they were reading is read again another time."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Failure]]:
        """Each task with its result or failure, in the order of the tasks.

        Tasks are taken as they are needed: no more than ``WINDOW`` a worker are held at once.
        """
        coming = iter(tasks)
        waiting: deque[_Ticket[Task, Result]] = deque()
        order: deque[_Ticket[Task, Result]] = deque()
        while True:
            for task in islice(coming, self._size * WINDOW - len(order)):
                order.append(_Ticket(task))
                waiting.append(order[-1])
            if not order:
                return
            self._hand_out(waiting)
            while order and order[0].result is not None:
                ticket = order.popleft()
                assert ticket.result is not None
                yield ticket.task, ticket.result
            if order:
                self._collect(waiting)

    def _hand_out(self, waiting: "deque[_Ticket[Task, Result]]") -> None:
        for worker in [w for w in self._workers if w.ticket is None and not w.is_usable()]:
            self._retire(worker)
        idle = [worker for worker in self._workers if worker.ticket is None]
        while waiting and (idle or len(self._workers) < self._size):
            worker = idle.pop() if idle else self._start()
            worker.begin(waiting.popleft())

    def _start(self) -> "_Worker[Task, Result]":
        worker = _Worker[Task, Result](self._context, self._prepare, self._limits)
        self._workers.append(worker)
        return worker

    def _retire(self, worker: "_Worker[Task, Result]") -> None:
        worker.kill()
        self._workers.remove(worker)

    def _collect(self, waiting: "deque[_Ticket[Task, Result]]") -> None:
        """Wait until a worker answers, dies or runs out of time."""
        busy = [worker for worker in self._workers if worker.ticket is not None]
        remaining = min(worker.deadline for worker in busy) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], timeout=max(0.0, remaining))
        for worker in busy:
            ticket = worker.ticket
            assert ticket is not None
            if worker.pipe in ready:
                worker.finish()
            elif time.monotonic() >= worker.deadline:
                worker.kill()
                ticket.result = Failure("timeout", "no reading in the wall time allowed")
            else:
                continue
            if ticket.result is None:
                waiting.appendleft(ticket)
            if not worker.is_usable():
                self._retire(worker)


@dataclass(slots=True)
class _Ticket(Generic[Task, Result]):
    task: Task
    result: Result | Failure | None = None
    tries: int = 0


class _Worker(Generic[Task, Result]):
    def __init__(
        self,
        context: multiprocessing.context.ForkServerContext,
        prepare: Prepare[Task, Result],
        limits: Limits,
    ) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: ForkServerProcess = context.Process(
            target=_work, args=(theirs, prepare, limits), name="monitor-reader", daemon=True
        )
        _start_unheard(self.process)
        theirs.close()
        self.ticket: _Ticket[Task, Result] | None = None
        self.deadline = 0.0
        self._limits = limits
        self._done = 0

    def is_usable(self) -> bool:
        return self._done < TASKS_PER_WORKER and self.process.is_alive()

    def begin(self, ticket: _Ticket[Task, Result]) -> None:
        self.ticket = ticket
        ticket.tries += 1
        self.deadline = time.monotonic() + self._limits.cpu_seconds * WALL_TIMES_CPU + 30
        try:
            self.pipe.send(ticket.task)
        except (BrokenPipeError, ConnectionResetError):
            self.deadline = 0.0  # it died idle; finish() will find out how

    def finish(self) -> None:
        """Take the answer; a worker that died leaves a failure, or nothing when it may be tried."""
        ticket, self.ticket = self.ticket, None
        assert ticket is not None
        self._done += 1
        try:
            ticket.result = self.pipe.recv()
        except (EOFError, OSError):  # OSError: it was killed in the middle of its answer
            self.process.join(5)
            ticket.result = self._obituary(ticket)

    def _obituary(self, ticket: _Ticket[Task, Result]) -> Failure | None:
        code = self.process.exitcode or 0
        if code == -signal.SIGPROF:
            return Failure("timeout", f"more than {self._limits.cpu_seconds:g} s of CPU time")
        if ticket.tries < TRIES:
            return None
        if code == -signal.SIGKILL:
            return Failure("too_large", "the reading process was killed twice; too little memory?")
        return Failure("parse_error", f"the reading process died (exit status {code})")

    def kill(self) -> None:
        self.process.kill()
        self.process.join(5)
        self.pipe.close()


def _start_unheard(process: ForkServerProcess) -> None:
    """Start it as a whole, and deaf to Ctrl-C and SIGTERM, which are the parent's business.

    A terminal sends Ctrl-C to every process, also to the server of forks while it imports.
    """
    resource_tracker.ensure_running()  # it would undo the mask where it is started below
    with shielded():
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    pipe: Connection, prepare: Callable[[], Callable[[Task], Result]], limits: Limits
) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        function = prepare()
    except MonitorError as error:
        logger.error("%s", error)
        return
    memory = limits.memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_PROF, limits.cpu_seconds)
        result, is_spent = _attempt(function, task)
        signal.setitimer(signal.ITIMER_PROF, 0)
        try:
            pipe.send(result)
        except OSError:
            return
        if is_spent:
            return


def _attempt(function: Callable[[Task], Result], task: Task) -> tuple[Result | Failure, bool]:
    """The result, and whether the process should end (its memory is spent)."""
    try:
        return function(task), False
    except MemoryError:
        return Failure("too_large", "more memory than a reading may use"), True
    except RecursionError:
        return Failure("too_large", "nested too deeply"), True
    except Exception as error:  # noqa: BLE001 - a page that trips a bug must not stop the others
        logger.error("a reading failed:\n%s", traceback.format_exc())
        return Failure("parse_error", f"{type(error).__name__}: {error}"[:500]), False
