"""What the demo tells its user."""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201  # the one place that prints


class DemoError(Exception):
    """The demo cannot go on; the message is for its user."""
