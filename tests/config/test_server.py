"""The embedded server: one for all its users, and gone with the last of them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest

from config.engine import keeper, server
from config.engine.failure import Failure
from tests.config.users import ROOT, User, gone, pid, processes


def value(connection: psycopg.Connection, query: str) -> str:
    return connection.execute(query).fetchone()[0]


def test_data_outlive_the_server(folder):
    with User(folder) as user, user.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert gone(folder)
    with User(folder) as user, user.connect() as connection:
        assert value(connection, "SELECT answer FROM kept") == 42


def test_writes_are_flushed_to_the_disk(folder):
    with User(folder) as user, user.connect() as connection:
        assert value(connection, "SHOW fsync") == "on"


def test_the_server_has_a_quarter_of_the_memory_up_to_a_gigabyte(folder):
    wanted = min(psutil.virtual_memory().total // 4, 2**30)
    with User(folder) as user, user.connect() as connection:
        megabytes = "SELECT pg_size_bytes(current_setting('shared_buffers')) / 2^20"
        assert value(connection, megabytes) == pytest.approx(max(wanted / 2**20, 128), abs=1)


def test_the_server_listens_on_no_network(folder):
    with User(folder) as user, user.connect() as connection:
        assert value(connection, "SHOW listen_addresses") == ""


def test_order_does_not_depend_on_the_machine(folder):
    with User(folder, LC_ALL="tr_TR.UTF-8") as user, user.connect() as connection:
        assert value(connection, "SELECT upper('éi')") == "ÉI"


def test_constat_is_no_superuser(folder):
    with User(folder) as user, user.connect() as connection:
        assert value(connection, "SHOW is_superuser") == "off"


def test_constat_may_create_the_extensions_it_needs(folder):
    with User(folder) as user, user.connect() as connection:
        for extension in ("pg_trgm", "unaccent", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {extension}")


def test_the_superuser_cannot_log_in(folder):
    with User(folder) as user, pytest.raises(psycopg.OperationalError, match="not permitted"):
        user.connect(user="postgres")


def test_no_one_else_can_enter_the_folder_of_the_socket(folder):
    with User(folder) as user:
        assert Path(user.host()).stat().st_mode & 0o777 == 0o700


def test_the_server_is_gone_after_its_last_user(folder):
    with User(folder) as first, User(folder) as second:
        first.host()
        second.host()
        first.process.communicate()
        time.sleep(1)
        assert processes("-D", folder / "data")
    assert gone(folder)
    assert not processes("-D", folder / "data")


def test_nothing_is_left_in_the_temporary_folder(folder):
    with User(folder) as user:
        sockets = Path(user.host())
    assert gone(folder)
    os.close(server._join(folder))  # Waits for the keeper as well.
    assert not sockets.exists()


def test_the_server_is_gone_after_its_user_was_killed(folder):
    with User(folder) as user:
        user.host()
        user.process.kill()
    assert gone(folder)


def test_users_that_come_at_once_share_one_new_server(tmp_path):
    folder = tmp_path / "postgres"
    with ExitStack() as stack:
        users = [stack.enter_context(User(folder)) for _ in range(5)]
        connections = [stack.enter_context(user.connect()) for user in users]
        started = [value(each, "SELECT pg_postmaster_start_time()") for each in connections]
    assert gone(folder)
    assert len(set(started)) == 1


def test_a_user_who_comes_while_the_server_stops_gets_a_new_one(folder):
    with User(folder) as user:
        user.host()
        former = pid(folder)
    while folder.joinpath("data", "postmaster.pid").exists():
        time.sleep(0.001)
    with User(folder) as user, user.connect() as connection:
        assert value(connection, "SELECT 1") == 1
        assert pid(folder) != former


def test_a_server_whose_keeper_was_killed_is_kept_again(folder):
    with User(folder) as user:
        user.host()
        for keeping in processes("config.engine.keeper", folder):
            keeping.kill()
        former = pid(folder)
        with User(folder) as other:
            other.host()
            assert pid(folder) == former
    assert gone(folder)


def test_a_killed_server_is_started_again_at_the_next_connection(folder):
    held = server.hold(folder)
    try:
        os.kill(pid(folder), signal.SIGKILL)
        while server.running(folder):
            time.sleep(0.01)
        assert server.hold(folder) == held
        assert server.running(folder)
    finally:
        os.close(server._held.pop(folder))
    assert gone(folder)


def test_a_process_file_left_by_a_crash_is_no_obstacle(folder):
    """After a restart of the machine its number may be another program's: here, ours."""
    with User(folder) as user:
        user.host()
        left = (folder / "data" / "postmaster.pid").read_text().split("\n", 1)[1]
    assert gone(folder)
    (folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{left}")
    with User(folder) as user, user.connect() as connection:
        assert value(connection, "SELECT 1") == 1


def test_an_interrupted_creation_is_begun_again(tmp_path):
    folder = tmp_path / "postgres"
    (folder / "data.new" / "base").mkdir(parents=True)
    with User(folder) as user, user.connect() as connection:
        assert value(connection, "SELECT 1") == 1
    assert gone(folder)


def test_an_emptied_temporary_folder_costs_one_restart(folder):
    with User(folder) as user:
        shutil.rmtree(user.host())
        with User(folder) as other, other.connect() as connection:
            assert value(connection, "SELECT 1") == 1


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(folder):
    with User(folder) as user:
        user.host()
        assert os.getsid(pid(folder)) != os.getsid(user.process.pid)


def test_the_server_holds_no_pipe_of_its_user(folder):
    with User(folder) as first:
        first.host()
        with User(folder) as second:
            second.host()
            # Returns at the end of the pipe, which would come with the server's end.
            first.process.communicate(timeout=10)


def test_users_with_different_temporary_folders_share_one_server(folder, tmp_path_factory):
    with User(folder) as first, User(folder, TMPDIR="/var/tmp") as second:
        assert first.host() == second.host()


def test_a_long_temporary_folder_is_not_used(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / ("x" * 100)))
    assert server.socket_folder(tmp_path).parent == Path("/tmp")


def test_the_path_may_be_long(tmp_path):
    folder = tmp_path / ("x" * 200) / "postgres"
    with User(folder) as user:
        assert user.host().startswith("/")
    assert gone(folder)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A server below a folder of awkward name that only we may enter, and what was there before."""
    top = tmp_path_factory.mktemp("guarded") / "a space, $HOME `id` \"'é"
    top.mkdir(mode=0o700)
    folder = top / "postgres"
    before = permissions(top)
    with User(folder) as user:
        yield folder, user.host(), before
    assert gone(folder)


def permissions(folder: Path) -> list[tuple[int, int]]:
    return [(path.stat().st_mode, path.stat().st_uid) for path in (folder, *folder.parents)]


def test_the_path_may_hold_any_sign_and_be_closed_to_others(guarded):
    _folder, host, _before = guarded
    assert host.startswith("/")


def test_nothing_above_the_data_changes_its_permissions(guarded):
    folder, _host, before = guarded
    assert permissions(folder.parent) == before


def test_the_server_does_not_run_as_root(guarded):
    folder, _host, _before = guarded
    assert psutil.Process(pid(folder)).uids().effective != 0


def test_an_ordinary_user_has_a_server(ordinary):
    folder, prefix = ordinary
    with User(folder / "postgres", prefix) as user:
        assert user.host().startswith("/")
    assert gone(folder / "postgres")


def test_a_folder_that_cannot_be_written_is_named(ordinary):
    folder, prefix = ordinary
    folder.chmod(0o500)
    with User(folder / "postgres", prefix) as user:
        assert f"kept in {folder}/postgres: Permission denied" in user.host()


def test_a_socket_folder_of_someone_else_is_refused(ordinary, monkeypatch):
    folder, _prefix = ordinary
    planted = folder / "planted"
    planted.symlink_to(folder)
    monkeypatch.setattr(server, "socket_folder", lambda folder: planted)
    with pytest.raises(Failure) as refusal:
        keeper.make_socket_folder(folder, keeper.Account(os.geteuid(), os.getegid()))
    assert "belongs to another user" in refusal.value.sentence


def test_data_of_another_version_are_named(folder, tmp_path):
    other = tmp_path / "postgres"
    subprocess.run(["cp", "-a", folder, other], check=True)
    (other / "data" / "PG_VERSION").write_text("15\n")
    with User(other) as user:
        assert "was made by PostgreSQL 15" in user.host()


@pytest.mark.parametrize(
    "said",
    [
        "initdb: error: could not write file: No space left on device\n",
        "FATAL:  could not write lock file: Disk quota exceeded\n",
        "ERROR:  could not extend file\nHINT:  Check free disk space.\n",
    ],
)
def test_a_full_disk_is_named(said, tmp_path):
    assert "No room is left" in keeper.explain(said, tmp_path).sentence


def test_other_trouble_is_given_in_postgresql_s_words(tmp_path):
    failure = keeper.explain("LOG:  starting\nFATAL:  private key file\n", tmp_path)
    assert failure.details["reason"] == "private key file"


def test_the_wheel_s_programs_reach_the_embedded_database(folder):
    environment = os.environ | {"DATABASE_URL": "", "CONSTAT_DATA": str(folder.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "config.engine", "psql", "-Atc", "SELECT current_user"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "constat\n"
