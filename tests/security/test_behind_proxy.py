"""Two processes, PostgreSQL and nginx, as docs/hosting.md says: real programs, real https, and what happens when one of them dies."""

import signal
import threading

import pytest

from coach.accounts.tries import OF_NAME
from tests.security.behind import behind
from tests.ui.hosted import WORD, Chat, sign_in


@pytest.fixture(scope="module")
def hosted(places, tmp_path_factory):
    with behind(tmp_path_factory.mktemp("behind"), places.cache) as made:
        made.add("Ana", "Bo", "Cy", "Di")
        yield made


def say(client, text: str, session: str) -> str:
    chat = Chat(client, session)
    chat.join(text)
    return chat.heard()


def kept(hosted, name: str) -> list[str]:
    """What somebody wrote, as it stands in the database."""
    id = hosted.accounts.named(name).id
    with hosted.server.of(id).begin() as connection:
        return connection.exec_driver_sql("SELECT text FROM message WHERE author = 'person' ORDER BY id").scalars().all()


def test_two_people_talk_and_each_keeps_their_own(hosted):
    with hosted.guest("Ana") as ana, hosted.guest("Bo") as bo:
        assert ana.get("/").status_code == bo.get("/").status_code == 200
        hers = say(ana, "my manager Rosa put me on a plan quetzal", "s1")
        his = say(bo, "how often should i check in ocelot", "s1")
    assert "process_completed" in hers and "process_completed" in his
    assert "quetzal" not in his and "ocelot" not in hers
    assert kept(hosted, "Ana") == ["my manager Rosa put me on a plan quetzal"]
    assert kept(hosted, "Bo") == ["how often should i check in ocelot"]


def test_a_browser_stays_with_one_process(hosted):
    with hosted.guest("Cy") as client:
        before = [process.numbers()["coach_pages_open"] for process in hosted.processes]
        for _ in range(12):
            assert client.get("/config").status_code == 200
        after = [process.numbers()["coach_pages_open"] for process in hosted.processes]
    assert sum(after) - sum(before) == 1


def test_tries_count_over_both_processes(hosted):
    said = []
    for n in range(OF_NAME + 1):
        with hosted.nobody(cookie=f"__Host-pipcoach=forged{n}") as client:  # each to another process
            said.append(sign_in(client, "Nobody at all", "x" * 12).status_code)
    assert said == [403] * OF_NAME + [429]


def test_nobody_is_named_by_a_header(hosted):
    with hosted.nobody(**{"x-auth-request-email": "Ana", "x-forwarded-for": "127.0.0.1"}) as client:
        assert client.get("/config").status_code == 401
        assert client.get("/metrics").status_code == 401 and client.get("/health").status_code == 401


def test_people_are_apart_in_the_database(hosted):
    id = hosted.accounts.named("Ana").id
    with hosted.server.of(hosted.accounts.named("Bo").id).begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM message WHERE person = %s", (id,)).scalar_one() == 0


def test_a_process_that_dies_takes_nobodys_words_along(hosted):
    """Last: one of the two is gone afterwards."""
    before = [process.numbers()["coach_pages_open"] for process in hosted.processes]
    with hosted.guest("Di") as client:
        say(client, "the first thing i wrote heron", "s1")
        after = [process.numbers()["coach_pages_open"] for process in hosted.processes]
        say(client, "the second thing heron", "s2")
        mine = next(n for n in range(2) if after[n] > before[n])
        hosted.processes[mine].end(signal.SIGKILL)
        page = client.get("/")
        assert page.status_code == 200
        assert "process_completed" in say(client, "and the third heron", "s3")
    assert kept(hosted, "Di") == ["the first thing i wrote heron", "the second thing heron", "and the third heron"]
    with hosted.nobody() as door:
        assert sign_in(door, "Di", WORD).status_code == 303
    other = hosted.processes[1 - mine]
    assert other.end() in (0, 130)
    assert "Traceback" not in other.printed


def test_many_at_once_over_two_processes_never_cross(places, tmp_path):
    names = [f"p{n}" for n in range(6)]
    with behind(tmp_path, places.cache) as made:
        made.add(*names)
        heard: dict[str, str] = {}

        def run(name: str) -> None:
            with made.guest(name) as client:
                heard[name] = say(client, f"they put me on a plan, canary{name}", "same")

        threads = [threading.Thread(target=run, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for name in names:
            assert "process_completed" in heard[name]
            assert [other for other in names if f"canary{other}" in heard[name]] == [name]
            assert kept(made, name) == [f"they put me on a plan, canary{name}"]
