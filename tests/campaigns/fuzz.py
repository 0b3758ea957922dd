"""The reader under bytes that are led by what it has not done yet: libFuzzer, by atheris (the extra `fuzz`).

In: a folder with YAML files to begin with, a number of executions, a seed, a folder for what is found. Out:
libFuzzer's own report. A crash, a hang of two seconds, much memory, or anything that the judge of `reader`
refuses ends it at once and leaves the bytes in the folder.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sourcebook.dates", "sourcebook.reading", "sourcebook.records"]):
    from campaigns.reader import KINDS, SLOWEST, TOKENS, corpus, faults

BYTES, MEGABYTES = 2048, 2048


def execute(data: bytes) -> None:
    """One execution: the last byte says for what the bytes are taken."""
    found = faults(data, (*KINDS, "options")[data[-1] % 7] if data else KINDS[0])
    assert not found, found


def options(begin: list[bytes], count: int, seed: int, scratch: Path) -> list[str]:
    """The options of libFuzzer, and on the disk what they name."""
    (scratch / "corpus").mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(begin):
        (scratch / "corpus" / f"{number:04}").write_bytes(data)
    words = ("".join(f"\\x{byte:02x}" for byte in token.encode()) for token in TOKENS)
    (scratch / "words").write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")
    limits = [f"-timeout={SLOWEST:.0f}", f"-max_len={BYTES}", f"-rss_limit_mb={MEGABYTES}"]
    files = [f"-dict={scratch / 'words'}", f"-artifact_prefix={scratch}/", str(scratch / "corpus")]
    return [f"-runs={count}", f"-seed={seed}", "-print_final_stats=1", *limits, *files]


if __name__ == "__main__":
    start, folder = corpus(Path(sys.argv[1])), Path(sys.argv[4])
    atheris.Setup([sys.argv[0], *options(start, int(sys.argv[2]), int(sys.argv[3]), folder)], execute)
    atheris.Fuzz()
