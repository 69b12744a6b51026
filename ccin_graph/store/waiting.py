"""A call that may wait for somebody else, with an end to the waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ccin_graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """Return what a call returns, if it does in time.

    Parameters
    ----------
    seconds : float
    call : callable
        Runs in a thread of its own, which is left behind when the time is over: the engine cannot be interrupted.

    Returns
    -------
    object

    Raises
    ------
    StoreError
        If the time is over.
    Exception
        Whatever the call raises.

    Examples
    --------
    >>> within(1, lambda: 42)
    42
    """
    from threading import Thread

    done: list[Result] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(call())
        except Exception as error:
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise StoreError(f"no answer within {seconds:g} seconds", remedy="Ask for less, or another service.")
    return done[0]
