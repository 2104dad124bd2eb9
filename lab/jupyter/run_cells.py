"""Runs cells through a Jupyter server's own HTTP and WebSocket interface, as the browser does.

Usage: JUPYTER_TOKEN=… run_cells.py ADDRESS PATH < cells.json, where cells.json is a list of {"code", "expect"}: `expect` must occur in the cell's output.
Exits with 1, and says which cell and why, when one throws, says something else, or takes more than a minute.
"""

import asyncio
import json
import os
import sys
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

SECONDS = 60
ADDRESS, PATH = sys.argv[1:]
HEADERS = {"Authorization": f"token {os.environ['JUPYTER_TOKEN']}"}


async def call(method: str, path: str, body: object = None) -> dict:
    data = None if body is None else json.dumps(body)
    answer = await AsyncHTTPClient().fetch(HTTPRequest(f"{ADDRESS}{path}", method, HEADERS, data, request_timeout=SECONDS))
    return json.loads(answer.body) if answer.body else {}


def text(message: dict) -> str:
    content = message["content"]
    if message["msg_type"] == "stream":
        return content["text"]
    if message["msg_type"] in ("execute_result", "display_data"):
        return str(content["data"].get("text/plain", ""))
    if message["msg_type"] == "error":
        return "\n".join([f"{content['ename']}: {content['evalue']}", *content.get("traceback", [])])
    return ""


async def run(channel, session: str, code: str) -> tuple[bool, str]:
    """Whether the cell ended well, and what it printed."""
    identity = uuid.uuid4().hex
    header = {"msg_id": identity, "msg_type": "execute_request", "session": session, "username": "", "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    await channel.write_message(json.dumps(message))
    output, idle, status = "", False, None
    while not (idle and status):
        received = await channel.read_message()
        if received is None:
            raise RuntimeError("the server closed the connection to the kernel")
        message = json.loads(received)
        if message["parent_header"].get("msg_id") != identity:
            continue
        output += text(message)
        if message["msg_type"] == "execute_reply":
            status = message["content"]["status"]
        elif message["msg_type"] == "status":
            idle = message["content"]["execution_state"] == "idle"
    return status == "ok", output


async def main() -> int:
    cells = json.load(sys.stdin)
    session = await call("POST", "/api/sessions", {"path": PATH, "name": "", "type": "notebook", "kernel": {"name": "tslab"}})
    try:
        socket = f"{ADDRESS.replace('http', 'ws', 1)}/api/kernels/{session['kernel']['id']}/channels?session_id={session['id']}"
        channel = await websocket_connect(HTTPRequest(socket, headers=HEADERS), max_message_size=1 << 26)
        for cell in cells:
            try:
                well, output = await asyncio.wait_for(run(channel, session["id"], cell["code"]), SECONDS)
            except asyncio.TimeoutError:
                well, output = False, f"no answer from the kernel after {SECONDS} s"
            if not well or cell["expect"] not in output:
                print(f"the cell `{cell['code']}` did not give {cell['expect']!r} but:\n{output.strip() or 'nothing'}")
                return 1
        channel.close()
    finally:
        await call("DELETE", f"/api/sessions/{session['id']}")
    return 0


try:
    sys.exit(asyncio.run(main()))
except HTTPClientError as error:
    body = error.response.body.decode()[:500] if error.response else ""
    sys.exit(f"the server answered {error}: {body}")
