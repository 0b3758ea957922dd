"""Compiled templates that outlive an environment: `mkdocs serve` builds again and again in one process.

In: templates that came with a package. Out: their code, in this process's memory. The rule it guards: what a
project brings is compiled anew each time, and nothing that was read from a disk is run.
"""

from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

COMPILED: dict[object, CodeType] = {}


class Known(Bucket):
    """A place in memory for the code of one template; none where it is not to be kept."""

    place: object = None


class Compiled(BytecodeCache):
    """Jinja's cache of code, held in memory, for the templates below some folders."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Known:
        """What is known of a template: nothing if its text, or what Jinja makes of a text, is another."""
        bucket = Known(environment, name, source)
        if filename and any(map(Path(filename).is_relative_to, self.folders)):
            bucket.place = (*dialect(environment), name, filename, source)
            bucket.code = COMPILED.get(bucket.place)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Keep the code of a template that came with a package."""
        if isinstance(bucket, Known) and bucket.place and bucket.code:
            COMPILED[bucket.place] = bucket.code


def dialect(environment: Environment) -> tuple[object, ...]:
    """All of an environment that decides which code a text becomes; constants are worked out in the code."""
    return (
        type(environment),
        environment.autoescape,
        environment.finalize,
        environment.optimized,
        environment.lexer,
        frozenset(environment.extensions),
        frozenset(environment.filters.items()),
        frozenset(environment.tests.items()),
    )
