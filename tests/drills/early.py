"""The control of the kill drill: a server that says "done" before it is, as one without a safe commit would."""

import asyncio
from collections.abc import Callable
from typing import Any

from laurels.web.server import application as honest
from tests.drills.scene import LATE_SECONDS


async def application(scope: dict[str, Any], receive: Callable[[], Any], send: Callable[[dict[str, Any]], Any]) -> None:
    if scope["type"] != "http" or scope["method"] != "POST":
        await honest(scope, receive, send)
        return
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    asyncio.get_running_loop().create_task(_work_later(scope, body))
    await send({"type": "http.response.start", "status": 303, "headers": [(b"location", b"/seats/early")]})
    await send({"type": "http.response.body", "body": b""})


async def _work_later(scope: dict[str, Any], body: bytes) -> None:
    await asyncio.sleep(LATE_SECONDS)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(_message: dict[str, Any]) -> None: ...

    await honest(scope, receive, send)
