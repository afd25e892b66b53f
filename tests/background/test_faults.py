import logging

import pytest

from background.faults import Faults
from sources.fetching.failure import Failed


@pytest.mark.parametrize(("error", "told"), [(Failed("non"), False), (ValueError(), True)])
def test_the_log_tells_faults_only(error, told):
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "x", (), (type(error), error, None))
    assert Faults().filter(record) is told
