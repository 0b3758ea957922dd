"""What is said at the end of every run of the tests."""

import re
from collections import Counter

NO_BROWSER = re.compile(r"\w+ is not installed: browser tests skipped; see CONTRIBUTING.md")


def pytest_terminal_summary(terminalreporter):
    """Say once, however many tests it is, why the browser tests did not run."""
    skipped = terminalreporter.stats.get("skipped", ())
    reasons = Counter(match[0] for report in skipped if (match := NO_BROWSER.search(str(report.longrepr))))
    for reason, number in reasons.items():
        terminalreporter.write_line(f"SKIPPED [{number}] {reason}")
