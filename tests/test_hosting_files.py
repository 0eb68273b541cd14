"""compose.yaml, the Dockerfile and nginx.conf fit the program: every setting they name is one, every path they copy is there."""

import re

import yaml

from coach.locations import ROOT
from coach.settings import _Environment

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
APP = COMPOSE["services"]["app"]


def test_every_setting_is_one():
    named = {name.removeprefix("COACH_").lower() for name in APP["environment"]}
    assert named <= set(_Environment.model_fields)
    assert {"accounts", "public_origin", "database", "database_owner", "proxies"} <= named


def test_the_settings_are_taken(monkeypatch, tmp_path):
    given = {"ORIGIN": "https://coach.example.org", "APP_PASSWORD": "a", "OWNER_PASSWORD": "b", "MODEL_KEY": "c"}
    for name, value in APP["environment"].items():
        monkeypatch.setenv(name, re.sub(r"\$\{(\w+)[^}]*\}", lambda found: given[found[1]], value))
    from coach import settings

    loaded = settings.load()
    assert loaded.hosting.secure and loaded.llm == "http://model:8000/v1" and loaded.remote_host == "model"
    assert COMPOSE["services"]["proxy"]["networks"]["inside"]["ipv4_address"] in loaded.hosting.proxies


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]


def test_no_password_stands_in_the_file():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert all(re.match(r"\$\{\w+:\?", value.strip()) for value in re.findall(r"PASSWORD: (.*)|KEY: (.*)", text) for value in value if value)


def test_what_is_copied_is_there():
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (.*)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert len(copied) > 4 and all((ROOT / name).exists() for name in copied)
    let_through = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert all(f"!{name}" in let_through or name.startswith("requirements") for name in copied)
    mounted = [volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", []) if volume.startswith("./")]
    assert mounted and all((ROOT / name).exists() for name in mounted)


def test_the_end_is_waited_for_longer_than_a_turn_may_take():
    from coach.ui.server import FINISH

    assert int(APP["stop_grace_period"].removesuffix("s")) > FINISH + 5
