"""A room for each person who is signed in: a whole page of their own, with its own queue, streams and store.

Gradio keeps streams, states and running events in the page they belong to. As nobody ever reaches a page but their own, there
is no name under which somebody else's could be asked for. Rooms open when somebody comes, and close when it was quiet for long.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from coach.errors import PageFull
from coach.schema.accounts import Visit
from coach.ui.ports import Built

MOST = 100  # rooms at once; each takes some 5 MB
QUIET = 2 * 60 * 60.0  # seconds without a request
Make = Callable[[Built], FastAPI]


@dataclass
class Room:
    """One person's page while it is open."""

    app: FastAPI
    built: Built
    used: float
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    alive: asyncio.Task | None = None
    requests: dict[asyncio.Task, bytes] = field(default_factory=dict)  # what is being answered, and for which stay


class Rooms:
    """Opens and closes them. For one event loop; only the work on disk and on the page's parts is done in threads.

    `furnish` builds what one person needs, `make` a page of it, `clear` deletes what a removed person's last turn may have left.
    """

    def __init__(
        self, furnish: Callable[[str, str], Built], make: Make, clear: Callable[[str], None] = lambda person: None, *,
        clock: Callable[[], float] = time.monotonic, most: int = MOST, quiet: float = QUIET,
    ) -> None:  # fmt: skip
        self._furnish, self._make, self._clear = furnish, make, clear
        self._clock, self._most, self._quiet = clock, most, quiet
        self._rooms: dict[str, Room] = {}
        self._changing = asyncio.Lock()  # one at a time: Gradio builds a page in a place that all threads share

    @contextlib.asynccontextmanager
    async def visiting(self, visit: Visit) -> AsyncIterator[Room]:
        """The person's room, opened if need be, and kept open meanwhile."""
        room = self._rooms.get(visit.person) or await self._open(visit)
        task = asyncio.current_task()
        room.requests[task] = visit.digest
        try:
            yield room
        finally:
            room.used = self._clock()
            room.requests.pop(task, None)

    def leave(self, digest: bytes) -> None:
        """End whatever is being answered for a stay that is over."""
        for task in self._running(lambda other: other == digest):
            task.cancel()

    async def tidy(self, stays: set[bytes], exists: Callable[[str], bool]) -> None:
        """Cut off stays that are over, and close rooms that nobody used for long or whose account is gone."""
        for task in self._running(lambda digest: digest not in stays):
            task.cancel()
        gone = [person for person in list(self._rooms) if not await run_in_threadpool(exists, person)]
        old = [person for person, room in self._rooms.items() if not room.requests and self._clock() - room.used >= self._quiet]
        for person in dict.fromkeys([*gone, *old]):
            await self.close(person)
        for person in gone:
            await run_in_threadpool(self._clear, person)

    async def close(self, person: str) -> None:
        """Close one room; what is being answered there ends."""
        async with self._changing:
            await self._close(person)

    async def close_all(self) -> None:
        """Close every room, at the end."""
        for person in list(self._rooms):
            await self.close(person)

    def __len__(self) -> int:
        return len(self._rooms)

    def _running(self, wanted: Callable[[bytes], bool]) -> Iterator[asyncio.Task]:
        yield from [task for room in self._rooms.values() for task, digest in room.requests.items() if wanted(digest)]

    async def _open(self, visit: Visit) -> Room:
        async with self._changing:
            if there := self._rooms.get(visit.person):
                return there
            await self._make_place()
            built = await run_in_threadpool(self._furnish, visit.person, visit.name)
            try:
                app = await run_in_threadpool(self._make, built)
                room = Room(app, built, self._clock())
                ready = asyncio.Event()
                room.alive = asyncio.create_task(_live(room, ready))
                await ready.wait()
                if room.alive.done():
                    await room.alive
            except BaseException:
                built.close()
                raise
            self._rooms[visit.person] = room
            return room

    async def _make_place(self) -> None:
        if len(self._rooms) < self._most:
            return
        free = [person for person, room in self._rooms.items() if not room.requests]
        if not free:
            raise PageFull("Every place is taken.")
        await self._close(min(free, key=lambda person: self._rooms[person].used))

    async def _close(self, person: str) -> None:
        room = self._rooms.pop(person, None)
        if room is None:
            return
        running = [task for task in room.requests if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=5)
        room.ending.set()
        await room.alive
        await run_in_threadpool(room.built.close)


async def _live(room: Room, ready: asyncio.Event) -> None:
    """Hold the page's own beginning and end in one task, as they may belong together."""
    try:
        async with room.app.router.lifespan_context(room.app):
            ready.set()
            await room.ending.wait()
    finally:
        ready.set()
