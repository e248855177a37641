"""Run the simulator with the demo world until interrupted."""

import argparse
import asyncio
from contextlib import suppress

from . import ACCESS_KEY, ACCOUNT_EMAIL, API_KEY, Simulator, demo_world


async def run(port: int, seed: int) -> None:
    """Serve the demo world on the loopback interface."""
    sim = Simulator(seed=seed, world=demo_world(seed=seed))
    await sim.start(port)
    lines = [
        f"url         {sim.url}",
        f"api key     {API_KEY}",
        f"access key  {ACCESS_KEY}",
        f"account     {ACCOUNT_EMAIL}",
        *(f"kitlock     {lock}" for lock in sim.world.kitlocks),
    ]
    print("\n".join(lines), flush=True)  # noqa: T201 - the keys are for whoever started it
    try:
        await asyncio.Event().wait()
    finally:
        await sim.stop()


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        prog="script/simulator", description="A Codelocks Connect on this machine."
    )
    parser.add_argument("--port", type=int, default=8124, help="0 takes any free port")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up past")
    options = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(run(options.port, options.seed))


if __name__ == "__main__":
    main()
