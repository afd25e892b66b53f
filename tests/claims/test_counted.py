from django.utils import translation

from claims.counted import Counted


def test_it_is_told_where_counting_stopped():
    with translation.override("en"):
        assert str(Counted(1000, more=True)) == "1,000+"
