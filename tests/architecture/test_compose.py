"""The container files agree with the settings, with the requirements and with one another."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from lscb.management.commands import serve

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = ("setup", "web", "worker", "beat")
DOCUMENTED = set(
    re.findall(r"^#? ?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
)
# Only tests and the demonstration know these.
FROM_COMPOSE_ITSELF = {"POSTGRES_PASSWORD"}


def settings_variables() -> set[str]:
    text = (ROOT / "lscb" / "settings.py").read_text()
    return set(re.findall(r"""env(?:\.\w+)?\(\s*["']([A-Z_]+)["']""", text)) | {
        name
        for group in re.findall(r"for name in \(((?:\"[A-Z_]+\",? ?)+)\)", text)
        for name in re.findall(r"[A-Z_]+", group)
    }


def test_every_variable_that_the_settings_read_is_documented() -> None:
    assert len(settings_variables()) > 10
    assert settings_variables() <= DOCUMENTED


def test_no_variable_is_documented_that_nothing_reads() -> None:
    assert settings_variables() | FROM_COMPOSE_ITSELF >= DOCUMENTED


def test_every_variable_that_compose_puts_in_is_documented() -> None:
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert used
    assert used <= DOCUMENTED


@pytest.mark.parametrize("name", OWN)
def test_own_services_use_the_other_services_and_share_their_files(name: str) -> None:
    service = SERVICES[name]
    environment = service["environment"]
    assert "@db:5432/" in environment["DATABASE_URL"]
    assert environment["REDIS_URL"].startswith("redis://redis:")
    assert f"data:{environment['DATA_DIR']}" in service["volumes"]
    assert service["env_file"] == ".env"


@pytest.mark.parametrize("name", ["db", "redis", "web", "worker", "beat"])
def test_services_that_stay_up_say_whether_they_are_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_redis_keeps_every_task() -> None:
    command = " ".join(SERVICES["redis"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command
    assert any(volume.endswith(":/data") for volume in SERVICES["redis"]["volumes"])


def test_web_and_worker_start_what_serve_starts() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "lscb.wsgi:application" in dockerfile
    assert "lscb.wsgi:application" in serve.web_command(8000)
    for name, part in (("worker", "worker"), ("beat", "beat")):
        assert SERVICES[name]["command"][:4] == ["celery", "-A", "lscb.celery", part]
    assert " ".join(["-A", "lscb.celery", "worker"]) in " ".join(serve.worker_command())


def test_exactly_one_service_is_the_clock() -> None:
    commands = [" ".join(service.get("command", [])) for service in SERVICES.values()]
    assert sum(" beat" in command or "--beat" in command for command in commands) == 1


def test_nothing_is_reached_from_outside_but_web_through_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_images_are_pinned_by_version() -> None:
    named = [service["image"] for name, service in SERVICES.items() if name not in OWN]
    named += re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert len(named) == 4
    for image in named:
        assert re.search(r":\d+\.\d+(\.\d+)?(-|$)", image), image


def test_the_image_runs_without_root_on_locked_requirements() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE) == ["lscb"]
    assert "--require-hashes --only-binary :all: -r requirements/base.txt" in dockerfile
    assert "npm ci" in dockerfile
