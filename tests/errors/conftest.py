"""An option to write the reports anew: `pytest tests/errors --regenerate`, then read the difference."""


def pytest_addoption(parser):
    """Add the option."""
    parser.addoption("--regenerate", action="store_true", help="write the expected error reports anew")
