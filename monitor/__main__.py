"""``python -m monitor``, and the installed command."""

import signal
import sys


def main() -> int:
    """The exit code of the command line; Ctrl-C before it listens ends it without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from monitor.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
