"""Who spends, and what is told at the end of a request."""

import pytest

from custom_components.codelocks.polling.spending import counted, spender, spending


def test_the_end_tells_once() -> None:
    """What waits for the end of a request is called then, once, and in the order of asking."""
    told: list[str] = []

    def first() -> None:
        told.append("first")

    def second() -> None:
        told.append("second")

    with spending():
        assert all(spender().at_end(tell) for tell in (first, second, first))
        assert told == []
    assert told == ["first", "second"]


def test_each_part_of_a_request_has_its_end() -> None:
    """A part tells at its own end: the larger request may go on for long."""
    told: list[str] = []
    with spending(), counted():
        assert spender().at_end(lambda: told.append("part"))
    assert told == ["part"]


def test_after_the_end_nothing_waits() -> None:
    """Nothing is lost of a task that goes on after the request that started it, or without one."""
    with spending() as over:
        pass
    assert not over.at_end(lambda: None)
    assert not spender().at_end(lambda: None)


def test_an_error_ends_a_request_too() -> None:
    """What waits is told whatever came of the request."""
    told: list[str] = []

    def fail() -> None:
        with spending():
            assert spender().at_end(lambda: told.append("end"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert told == ["end"]
