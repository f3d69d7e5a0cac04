"""The files for schedulers of one's own start what is there."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
from configparser import ConfigParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from flows.cli import _parser

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"


def unit(name: str) -> ConfigParser:
    """A unit of systemd."""
    parsed = ConfigParser(strict=False, interpolation=None, delimiters="=", comment_prefixes="#")
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parsed


def test_the_deployments_of_prefect_yaml_are_flows_that_are_there() -> None:
    """Their entrypoints import as flows, at the hour that `amur serve` has by itself."""
    from prefect import Flow
    from prefect.flows import load_flow_from_entrypoint

    text = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    serve = _parser().parse_args(["serve"])
    nightly, backfill = text["deployments"]

    assert [(each["name"], each["work_pool"]["name"]) for each in (nightly, backfill)] == [
        ("nightly", "amur"),
        ("backfill", "amur"),
    ]
    for each in (nightly, backfill):
        flow: Flow[..., object] = load_flow_from_entrypoint(each["entrypoint"])
        assert flow.name == each["name"]
    assert [(each["cron"], each["timezone"]) for each in nightly["schedules"]] == [(serve.cron, serve.timezone)]
    assert text["pull"], "prefect deploy takes no module path without a step"
    pins = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert f"prefect=={text['prefect-version']} " in pins


@pytest.mark.parametrize(("name", "command"), [("amur.service", "nightly"), ("amur-serve.service", "serve")])
def test_a_unit_starts_a_command_that_is_there(name: str, command: str) -> None:
    """With options that it takes, for a user without rights, with time for an end in order."""
    service = unit(name)["Service"]
    program, *arguments = shlex.split(service["ExecStart"])

    assert program == "/opt/amur/.venv/bin/amur"
    assert _parser().parse_args(arguments).command == command
    assert service["User"] == "amur"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "amur"
    assert service["Environment"] == "AMUR_HOME=/var/lib/amur"
    assert int(service["TimeoutStopSec"].removesuffix("s")) > 10


def test_the_timer_catches_up_and_keeps_to_london() -> None:
    """As the schedule of `amur serve`."""
    timer = unit("amur.timer")["Timer"]
    zone = timer["OnCalendar"].split()[-1]

    assert timer["Persistent"] == "true"
    assert timer["OnCalendar"] == "*-*-* 02:30:00 Europe/London"
    assert ZoneInfo(zone)


def test_the_image_is_built_from_what_is_there() -> None:
    """Every file that it copies exists, every install is by hash, and it doesn't run as root."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (?!--)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]]

    assert {"requirements.lock", "pyproject.toml", "flows", "sources", "warehouse", "expectations"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    fetching = re.findall(r"pip (?:install|sync)[^\\\n]*\.lock", text)
    assert len(fetching) == 3
    assert all("--require-hashes" in line for line in fetching)
    assert re.findall(r"^USER (\d+):", text, re.MULTILINE) == ["10001"]
    (serve,) = re.findall(r"^CMD (\[.+\])$", text, re.MULTILINE)
    assert _parser().parse_args(json.loads(serve)).command == "serve"


@pytest.mark.parametrize(
    ("exit_code", "hours", "healthy"), [(0, 1, True), (3, 25, True), (1, 1, False), (0, 27, False), (None, 0, False)]
)
def test_a_container_is_healthy_while_the_last_night_is(
    tmp_path: Path, exit_code: int | None, hours: int, *, healthy: bool
) -> None:
    """By the heartbeat: no older than 26 hours, and 0 or 3."""
    if exit_code is not None:
        beat = tmp_path / "last_run.json"
        beat.write_text(json.dumps({"exit_code": exit_code}))
        os.utime(beat, times=(time.time() - hours * 3600,) * 2)
    (text,) = re.findall(r"^HEALTHCHECK .*? CMD (\[.+\])$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    command = json.loads(text)
    assert command[0] == "python"
    done = subprocess.run(
        [sys.executable, *command[1:]], env={"AMUR_HOME": str(tmp_path)}, capture_output=True, check=False
    )

    assert (done.returncode == 0) is healthy


def test_the_composed_service_takes_the_commands_options() -> None:
    """A read-only root, no rights, a volume for the data, and time for an end in order."""
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["amur"]

    assert _parser().parse_args(service["command"]).command == "serve"
    assert (DEPLOY / service["build"]["context"]).resolve() == ROOT
    assert (ROOT / service["build"]["dockerfile"]).exists()
    assert service["read_only"] is True
    assert service["volumes"] == ["amur:/var/lib/amur"]
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
