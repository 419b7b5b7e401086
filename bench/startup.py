"""Start-up: whole processes beside bare Python in the same run. CPU seconds, medians of five with min and max.

python bench/startup.py
"""

import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
TEXT = "Kent signed a deal\n\nKent County Council has signed a safety valve deal worth £140 million.\n"


def cpu_seconds(command: list[str]) -> float:
    """CPU time of one whole process, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure each command in turn, round by round, so that a drift of the machine hits all alike."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "short.txt"
        text.write_text(TEXT, encoding="utf-8")
        commands = {
            "bare Python": [sys.executable, "-c", "pass"],
            "svwatch --help": [sys.executable, "-m", "svwatch", "--help"],
            "svwatch tag, one short text": [sys.executable, "-m", "svwatch", "tag", str(text)],
        }
        for command in commands.values():
            cpu_seconds(command)
        rounds = [{name: cpu_seconds(command) for name, command in commands.items()} for _ in range(ROUNDS)]
    unit = statistics.median(one["bare Python"] for one in rounds)
    print(f"Python {platform.python_version()}, CPU seconds, median (min to max) of {ROUNDS}")
    for name in commands:
        taken = [one[name] for one in rounds]
        middle = statistics.median(taken)
        print(f"{name:30s} {middle:6.3f} ({min(taken):.3f} to {max(taken):.3f})  {middle / unit:6.1f} x bare Python")


if __name__ == "__main__":
    main()
