import signal

import pytest

from claims.stop import stop_on_interrupt


@pytest.fixture(autouse=True)
def at_first():
    """Ctrl-C breaks off, whatever the process that runs the tests makes of it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt():
    # To this very thread: sent to the process, two may arrive as one.
    signal.raise_signal(signal.SIGINT)


def test_the_first_ctrl_c_is_a_wish():
    told = []
    with stop_on_interrupt(lambda: told.append(1)) as stop:
        interrupt()
    assert (stop.wanted, told) == (True, [1])


def test_the_second_breaks_off():
    with stop_on_interrupt(lambda: None):
        interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupt()


def test_nothing_is_begun_after_it():
    with stop_on_interrupt(lambda: None) as stop:
        begun = []
        for number in stop.until_wanted(range(10)):
            begun.append(number)
            if number == 2:
                interrupt()
    assert begun == [0, 1, 2]


def test_afterwards_ctrl_c_is_what_it_was():
    before = signal.getsignal(signal.SIGINT)
    with stop_on_interrupt(lambda: None):
        pass
    assert signal.getsignal(signal.SIGINT) is before
