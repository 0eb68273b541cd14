"""The whole way with the real coach and its real index, without a language model: from the first visit to a plan for tonight."""

import os
import re
import socket
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.browser.steps import LAST, tell
from tests.ui import plans


@pytest.fixture
def app(tmp_path, embedder_folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "COACH_HOME": str(tmp_path / "home"), "COACH_CACHE": str(embedder_folder.parent), "COACH_LLM": "none",
        "COACH_PORT": str(port), "COACH_OPEN_BROWSER": "false", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    yield next(word for word in line.split() if word.startswith("http"))
    process.terminate()
    process.wait(20)
    process.stdout.close()


def test_from_the_first_visit_to_a_plan_for_tonight(chromium, app):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    foreign = []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(("http://127.0.0.1", "data:", "blob:")) else None)
    page.goto(app)
    page.click("[name=dismiss]")

    tell(page, "I was just told I am on a PIP, it is 60 days and hr was there. i feel sick and scared")
    reply = page.locator(LAST)
    expect(reply.locator("details summary")).to_have_count(1)  # whose guidance it is
    expect(page.locator("#log")).to_contain_text("?")

    tell(page, "what do i even do tonight")
    expect(page.locator(LAST).locator("ol").first.locator("li")).to_have_count(3)  # small steps, whichever variant
    expect(page.locator(LAST)).to_contain_text(re.compile("tonight|evening", re.IGNORECASE))
    steps = page.locator(LAST).locator("li").first.inner_text()

    tell(page, "they want it signed now")
    expect(page.locator(LAST)).to_contain_text("sign")
    expect(page.locator(LAST)).not_to_contain_text("you should sign")

    page.click("[name=menu]")
    facts = page.locator("#facts")
    expect(facts).to_contain_text("60 days")

    page.reload()
    expect(page.locator("#log")).to_contain_text("what do i even do tonight")
    expect(page.locator("#log")).to_contain_text(steps)
    assert foreign == []
    context.close()


def test_danger_is_met_before_anything_else(chromium, app):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(app)
    page.click("[name=dismiss]")
    tell(page, "i can't do this anymore, i want to kill myself. i'm in the uk")
    reply = page.locator(LAST)
    expect(reply).to_contain_text("116 123")
    expect(reply).not_to_contain_text("[1]")
    tell(page, "i'm safe now, my sister is here. can we go back to the plan")
    expect(page.locator(LAST)).not_to_contain_text("killing yourself")
    context.close()


def test_the_plan_goes_from_a_file_to_the_first_check_in(chromium, app):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(app)
    page.click("[name=dismiss]")
    page.click("#entry-add button")
    page.set_input_files("[data-file=plan]", {"name": "plan.docx", "mimeType": "application/octet-stream", "buffer": plans.docx()})
    page.wait_for_selector(".review", timeout=120_000)  # the first start may still be building its index
    expect(page.locator(".review .goal")).to_have_count(3)
    page.click(".review [data-key=confirm]")
    expect(page.locator("#plan-page .item")).to_have_count(3)
    expect(page.locator("#plan-page")).to_contain_text("Your manager will give you a training course")

    page.click("[name=view][value=meetings]")
    page.click("[data-key=take-first]")
    page.click("[data-key=to-room]")
    card = page.locator("#meetings-room .card", has=page.locator(".question", has_text="Show more ownership")).first
    card.locator("textarea[name=answer]").fill("Start one topic in each weekly meeting")
    expect(card.locator(".saved")).to_have_text("Saved")
    card.locator("summary:has-text('Use the answer')").click()
    card.locator("button:has-text('Use as its measure')").click()
    expect(card).to_contain_text("(meeting of")
    page.click("[data-key=finish]")
    held = page.locator("#meetings-check_ins .item[open]")
    held.locator("summary:has-text('A recap to send')").click()
    expect(held.locator("[data-copy^=recap]")).to_contain_text("Start one topic in each weekly meeting")
    page.click("[data-key=accept]")
    expect(page.locator("#meetings-check_ins .item").first).to_contain_text("Tom Reed")
    context.close()
