from claims.plots.table import Row, Table


def table(*rows):
    return Table("Semaine", ["fait", "opinion"], [Row(label, values) for label, *values in rows])


def test_its_highest_row_is_that_of_the_largest_total():
    assert table(("a", 1, 1), ("b", 0, 3), ("c", 3, 0)).highest.label == "b"


def test_of_nothing_no_row_is_the_highest():
    assert table(("a", 0, 0)).highest is None


def test_as_a_file_it_has_its_headings_and_rows():
    assert table(("1er juin, lundi", 2, 0)).as_csv() == (
        'Semaine,fait,opinion\r\n"1er juin, lundi",2,0\r\n'
    )


def test_a_name_is_no_formula():
    assert "'=1+1" in table(("=1+1", 0, 0)).as_csv()
