"""The benchmark's command: `script/benchmark --help`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from itertools import product
from multiprocessing import Pool
import os
import subprocess
import sys
from time import perf_counter

from . import budget, delay, load, page, records
from .worlds import WORLDS

SEEDS = 16
"""The fewest that the figures are a mean of; the schedule was tuned with other seeds."""
LOCKS = (1, 5, 20, 100)
MANY = 100
"""This many take most of the time; by default they are only in two of the worlds."""
MANY_WORLDS = ("even", "uneven")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="script/benchmark", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="fewer of everything, under 30 s")
    parser.add_argument("--seeds", type=int, help="worlds of each kind")
    parser.add_argument("--worlds", default=",".join(WORLDS))
    parser.add_argument("--locks", type=_numbers)
    parser.add_argument("--quotas", type=_numbers, default=(1000, 3000), help="calls a month")
    parser.add_argument("--rounds", type=int, default=19_000, help="of the soak")
    parser.add_argument("--seed", default="", help="of the soak: any word")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(unknown)}")
    return arguments


def _delay(arguments: Namespace) -> bool:
    seeds = arguments.seeds or (1 if arguments.quick else SEEDS)
    locks = arguments.locks or ((5, 20) if arguments.quick else LOCKS)
    quotas = arguments.quotas[:1] if arguments.quick else arguments.quotas
    lines = [
        line
        for line in product(arguments.worlds.split(","), locks, quotas)
        if arguments.locks or line[1] < MANY or line[0] in MANY_WORLDS
    ]
    cases = [delay.Case(*line, seed) for line in lines for seed in range(seeds)]
    missed = ""
    sys.stdout.write(delay.heading(seeds))
    with Pool(arguments.jobs) as pool:
        rows = pool.imap(delay.measure, cases, chunksize=2)
        for line in lines:
            found = [next(rows) for _ in range(seeds)]
            sys.stdout.write(delay.lines(*line, found))
            sys.stdout.flush()
            missed += delay.missed(*line, found) if seeds >= SEEDS else ""
    sys.stdout.write(missed)
    return not missed


def _budget(arguments: Namespace) -> bool:
    months = range(20 if arguments.quick else 200)
    with Pool(arguments.jobs) as pool:
        spent = pool.map(budget.month, months, chunksize=1)
    sys.stdout.write(budget.lines(spent))
    return not any(month.over for month in spent)


def _load(arguments: Namespace) -> bool:
    text, missed = load.lines((50,) if arguments.quick else (50, 500))
    sys.stdout.write(text + missed)
    return not missed


def _records(_: Namespace) -> bool:
    sys.stdout.write(records.lines())
    return True


def _page(arguments: Namespace) -> bool:
    text, missed = page.lines(page.SIZES[:1] if arguments.quick else page.SIZES)
    sys.stdout.write(text + missed)
    return not missed


def _bookings(_: Namespace) -> bool:
    """Run the test that measures looks at bookings, and fails if they take too long."""
    return _test("tests/bookings/test_speed.py", CODELOCKS_LOOK_MS="20")


def _soak(arguments: Namespace) -> bool:
    """Run for many rounds the test that the suite runs for a few."""
    rounds = 500 if arguments.quick else arguments.rounds
    asked = {"CODELOCKS_SOAK_ROUNDS": str(rounds), "CODELOCKS_SOAK_SEED": arguments.seed}
    return _test("tests/test_soak.py", **asked)


def _test(path: str, **variables: str) -> bool:
    """Run a test that writes what it measures; returns whether it passed."""
    test = subprocess.run(  # noqa: S603 - a path of ours
        [sys.executable, "-m", "pytest", "-q", "-s", "--show-capture=no", path],
        env=os.environ | variables,
        stderr=subprocess.DEVNULL,  # the log
        check=False,
    )
    return test.returncode == 0


PARTS: dict[str, Callable[[Namespace], bool]] = {
    "delay": _delay,
    "budget": _budget,
    "load": _load,
    "records": _records,
    "page": _page,
    "bookings": _bookings,
    "soak": _soak,
}


def main() -> int:
    """Run the chosen parts; 1 if one of them missed a target."""
    arguments = _arguments()
    start = perf_counter()
    good = [PARTS[part](arguments) for part in arguments.parts or PARTS]
    sys.stdout.write(f"\nTook {perf_counter() - start:.0f} s.\n")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
