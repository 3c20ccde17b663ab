"""One crawl in a child process: Scrapy's leaks, crashes and reactor stay out of this one."""

import os
import signal
import subprocess
import sys
import tempfile
from typing import IO, Self

from spiders.job import Crawled, Job, job_line, read_crawled

# Seconds between asking the child to end and killing it. Whatever it acknowledged is stored, and
# what it still held is leased and fetched by a later run.
GRACE = 3.0


class Child:
    """The crawl half while it runs. Ends by itself when this process dies, however it dies."""

    def __init__(self, process: "subprocess.Popen[bytes]", output: IO[bytes]) -> None:
        self._process = process
        self._output = output
        self._is_stopping = False

    @classmethod
    def start(cls, job: Job) -> Self:
        """A running child; its log goes to this process's stderr.

        -P: or a folder `storage` or `spiders` where the user stands would be imported instead.
        A session of its own: or Ctrl-C would reach it beside the stop that this process decides.
        """
        # Not a pipe: a long report would wait for a reader.
        output = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "scrapy", "crawl", "run", "--loglevel", job.log_level],
            stdin=subprocess.PIPE,
            stdout=output,
            env={**os.environ, "SCRAPY_SETTINGS_MODULE": "spiders.settings"},
            start_new_session=True,
        )
        child = cls(process, output)
        child._hand_over(job_line(job))
        return child

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def poll(self) -> int | None:
        """The exit code; None: still running."""
        return self._process.poll()

    def wait(self, timeout: float | None = None) -> int | None:
        """The exit code, waited for at most ``timeout`` seconds; None: still running."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """Asks for an orderly end: no new requests, answers under way are still stored."""
        if not self._is_stopping and self.poll() is None:
            self._is_stopping = True  # a second signal would mean an unclean end to Scrapy
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it now; returns when it is gone."""
        if self.poll() is None:
            self._process.kill()
        self._process.wait()

    def end(self, grace: float = GRACE) -> int:
        """Stops, waits ``grace`` seconds, kills; the exit code."""
        self.stop()
        if self.wait(grace) is None:
            self.kill()
        return self._process.wait()

    def crawled(self) -> Crawled | None:
        """The child's own report; None: it still runs, or was killed before it could write one."""
        if self.poll() is None:
            return None
        self._output.seek(0)
        lines = self._output.read().splitlines()
        try:
            return read_crawled(lines[-1]) if lines else None
        except ValueError:
            return None

    def close(self) -> None:
        """Ends the child if need be and lets go of its files."""
        self.end()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._output.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _hand_over(self, line: bytes) -> None:
        """Writes the job; stdin then stays open, since its end means this process's death."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except BrokenPipeError:
            self._process.wait()  # it ended before it read; its exit code tells
