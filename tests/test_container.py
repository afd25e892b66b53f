"""What Dockerfile and compose.yaml promise. They are read here, not built: that takes Docker."""

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LINES = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "backup")


def instructions(name: str) -> list[str]:
    return [line.partition(" ")[2].strip() for line in LINES if line.startswith(f"{name} ")]


def test_what_is_installed_is_known_by_its_hash():
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)


def test_nobody_in_it_is_root():
    assert instructions("USER") == ["constat"]
    assert LINES.index("USER constat") > max(
        number for number, line in enumerate(LINES) if line.startswith(("RUN ", "COPY "))
    )


def test_no_secret_stays_in_it():
    kept = " ".join(instructions("ENV") + instructions("ARG"))
    assert not re.search("SECRET|PASSWORD|TOKEN|DATABASE_URL", kept)


def test_what_is_copied_is_there_and_nothing_of_this_machine_is():
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    let_in = [line[1:] for line in ignored if line.startswith("!")]
    assert all((ROOT / name).exists() for name in let_in)
    assert not {"var", ".git", ".env", ".venv", "tests"} & set(let_in)
    for line in instructions("COPY"):
        if not line.startswith("--from"):
            assert line.split()[0] == "." or list(ROOT.glob(line.split()[0])), line


def test_it_is_asked_whether_it_is_ready():
    (check,) = instructions("HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    compile(command[-1], "HEALTHCHECK", "exec")
    assert "/readyz/web" in command[-1]


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_can_do_more_than_it_must(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["tmpfs"]
    assert not service.get("privileged")
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_all_of_ours_use_one_image_and_wait_for_what_they_need():
    assert {SERVICES[name]["image"] for name in OURS} == {"constat"}
    for name in ("web", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }
        assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_every_secret_comes_from_outside():
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if re.search("SECRET|PASSWORD|URL", name):
                assert ":?" in value, name


def test_the_role_of_constat_is_no_superuser():
    said = COMPOSE["configs"]["role"]["content"]
    assert "CREATE ROLE constat LOGIN PASSWORD" in said
    assert "SUPERUSER" not in said
    assert SERVICES["postgres"]["environment"].keys() == {"POSTGRES_PASSWORD"}


def test_every_volume_that_is_used_is_declared():
    used = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", ())
    }
    assert used == COMPOSE["volumes"].keys()
