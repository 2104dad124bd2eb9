"""A kernel and a client of it, for tests: starts the project's kernel in a folder, runs cells, collects what they publish."""

import os
import signal
import threading
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE = 120  # seconds; a busy machine is slow, a hanging kernel is wrong
os.environ["JUPYTER_PATH"] = str(CHECKOUT / "lab" / "jupyter")


class Session:
    def __init__(self, folder):
        self.manager = KernelManager(kernel_name="tslab")
        self.manager.start_kernel(cwd=str(folder))
        self.connect()

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code, **options):
        return self.client.execute(code, **options)

    def collect(self, request):
        """The reply of a request, and its outputs until the kernel is idle again, as (type, content) pairs."""
        outputs = []
        end = time.time() + PATIENCE
        while time.time() < end:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return self.reply(request), outputs
            if kind not in ("status", "execute_input"):
                outputs.append((kind, content))
        raise TimeoutError("the kernel did not become idle")

    def reply(self, request):
        while True:
            message = self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def run(self, code, **options):
        return self.collect(self.send(code, **options))

    def value(self, code):
        """The text of the cell's last expression; None where there is none. Fails where the cell does."""
        reply, outputs = self.run(code)
        assert reply["status"] == "ok", "\n".join(reply["traceback"])
        results = [content["data"]["text/plain"] for kind, content in outputs if kind == "execute_result"]
        return results[0] if results else None

    def interrupt_after(self, seconds):
        threading.Timer(seconds, lambda: os.kill(self.pid, signal.SIGINT)).start()


def text(outputs, stream="stdout"):
    return "".join(content["text"] for kind, content in outputs if kind == "stream" and content["name"] == stream)


def of(kind, outputs):
    return [content for found, content in outputs if found == kind]


def plain(traceback):
    return "\n".join(traceback).replace("\x1b[31m", "").replace("\x1b[0m", "")
