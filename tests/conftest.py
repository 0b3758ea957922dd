"""An option to write golden files anew, and what is said at the end of every run of the tests."""

import re
import signal
from collections import Counter

NOT_INSTALLED = re.compile(r"\w+ is not installed: [\w ]+ skipped; see CONTRIBUTING.md")


def pytest_addoption(parser):
    """Add the option: `pytest --regenerate`, then read the difference before committing it."""
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew")


def pytest_configure():
    """Let processes that tests begin be interrupted, where a shell has begun the tests in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter):
    """Say once, however many tests it is, which ones did not run for want of a program."""
    skipped = terminalreporter.stats.get("skipped", ())
    reasons = Counter(match[0] for report in skipped if (match := NOT_INSTALLED.search(str(report.longrepr))))
    for reason, number in reasons.items():
        terminalreporter.write_line(f"SKIPPED [{number}] {reason}")
