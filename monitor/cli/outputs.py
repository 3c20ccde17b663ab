"""What commands write: files that appear whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from monitor.errors import UsageError


@contextmanager
def whole(file: Path) -> Iterator[IO[bytes]]:
    """A file to be written, which takes its name, and the mode of what had it, at the end.

    What ends early leaves what was there, and nothing beside it. Raises UsageError where the file
    cannot be written.
    """
    if file.is_dir():
        raise UsageError(f"{file}: is a folder; name a file in it")
    target = file.resolve()  # what a link leads to, not the link
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as stream:
            yield stream
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
