from sources.batches.report import Report


def test_what_was_refused_is_a_table_for_a_spreadsheet(tmp_path, english):
    path = tmp_path / "refus.csv"
    with Report(path) as report:
        report.add("été.txt", "it is empty; quite")
        assert "été" in path.read_text("utf-8-sig")  # While it goes on.
    assert path.read_text("utf-8-sig").splitlines() == [
        "document;reason",
        'été.txt;"it is empty; quite"',
    ]


def test_a_name_that_is_a_formula_is_not_run(tmp_path, english):
    with Report(tmp_path / "refus.csv") as report:
        report.add("=cmd|' /C calc'!A0", "it is empty")
    assert (tmp_path / "refus.csv").read_text("utf-8-sig").splitlines()[1].startswith("'=cmd")
