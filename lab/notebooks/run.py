"""Executes notebooks with the project's kernel in one Python process, one or several at a time; called by lab/notebooks.mjs.

Prints a line for each notebook. A notebook fails when a cell throws, has a type error, or runs past its limit; the line names the cell.
Exits with 1 when one failed.
"""

import argparse
import asyncio
import json
import re
import signal
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Runner(NotebookClient):
    """A client that knows which cell runs, so that every failure has a place."""

    running = None

    async def async_execute_cell(self, cell, cell_index, **rest):
        if cell.cell_type == "code" and cell.source.strip():
            self.running = cell_index
        return await super().async_execute_cell(cell, cell_index, **rest)

    def where(self):
        if self.running is None:
            return "before its first cell"
        number = sum(cell.cell_type == "code" for cell in self.nb.cells[: self.running + 1])
        first_line = self.nb.cells[self.running].source.strip().split("\n")[0]
        return f"code cell {number} ({first_line[:80]})"


def failure(error, limit):
    """What went wrong, in a line, and what more there is to read."""
    if isinstance(error, CellTimeoutError):
        return f"still running after {limit} s, its limit", ""
    if isinstance(error, DeadKernelError):
        return "the kernel died", ""
    if isinstance(error, CellExecutionError):
        message = f"{error.ename}: {error.evalue}"
        lines = COLOURS.sub("", error.traceback).rstrip().split("\n")
        # The client puts the cell's source before the traceback: everything up to its second rule.
        rules = [at for at, line in enumerate(lines) if re.fullmatch("-{10,}", line.strip())]
        return COLOURS.sub("", message), "\n".join(lines[rules[1] + 1 :] if len(rules) > 1 else lines).strip()
    return f"{type(error).__name__}: {error}", ""


async def run(path, limit, into, say):
    """Executes one notebook and tells how it went, as a row; `say` prints the same for people."""
    started = time.perf_counter()
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat lets out whatever it stumbles over
        reason = str(error).strip().split("\n")[0][:200]
        say(f"FAIL {path} is not a notebook that can be read: {reason}")
        return {"notebook": str(path), "ok": False, "message": reason}
    client = Runner(
        notebook,
        kernel_name="tslab",
        timeout=limit,
        startup_timeout=120,
        record_timing=False,
        shutdown_kernel="immediate",
        # As in JupyterLab, the kernel's folder is the notebook's.
        resources={"metadata": {"path": str(path.parent)}},
    )
    problem = None
    try:
        await client.async_execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
        problem = failure(error, limit)
    seconds = time.perf_counter() - started
    if problem:
        message, more = problem
        say(f"FAIL {path}, {client.where()}: {message}")
        if more:
            say("     " + more.replace("\n", "\n     "))
        return {"notebook": str(path), "ok": False, "seconds": seconds, "cell": client.where(), "message": message, "traceback": more}
    say(f"ok   {path}  {seconds:.1f} s")
    if into:
        nbformat.write(notebook, into)
    return {"notebook": str(path), "ok": True, "seconds": seconds}


async def run_all(options, say):
    """The rows of all notebooks, in their order; at most `workers` kernels live at a time."""
    turn = asyncio.Semaphore(options.workers)

    async def one(number, path):
        async with turn:
            return await run(path, options.timeout, options.into and options.into / f"{number}.ipynb", say)

    return await asyncio.gather(*(one(number, path) for number, path in enumerate(options.notebooks)))


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--timeout", type=int, default=600, help="seconds a cell may take")
    parser.add_argument("--workers", type=int, default=1, help="notebooks executed at a time")
    parser.add_argument("--into", type=Path, help="folder for the executed notebooks: 0.ipynb, 1.ipynb, in the order given")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")
    options = parser.parse_args()
    # When told to end, it shuts its kernels down first.
    task = asyncio.current_task()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    say = (lambda line: None) if options.json else (lambda line: print(line, flush=True))
    rows = await run_all(options, say)
    passed = sum(row["ok"] for row in rows)
    failed = len(rows) - passed
    say(f"{passed} passed, {failed} failed")
    if options.json:
        print(json.dumps({"passed": passed, "failed": failed, "notebooks": rows}, indent=2))
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except asyncio.CancelledError:
        sys.exit(130)
