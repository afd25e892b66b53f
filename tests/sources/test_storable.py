from sources.storable import storable


def test_json_is_kept_as_the_database_can_hold_it():
    assert storable({"a\0": ["\ud800x", 1, None]}) == {"a\ufffd": ["\ufffdx", 1, None]}
