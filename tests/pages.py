"""What a reader sees of a public page, for tests."""


def shown(client, row_or_path, status=200):
    """The text of a public page."""
    path = row_or_path if isinstance(row_or_path, str) else row_or_path.get_absolute_url()
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def heading(client, row, status=200) -> str:
    """The top of a page, up to its main heading."""
    return shown(client, row, status).partition("<main")[2].partition("<h1")[0]
