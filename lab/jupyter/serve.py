"""JupyterLab, ended when the process that started it is gone: its standard input, a pipe, then comes to an end."""

import os
import signal
import sys
import threading

from jupyterlab.labapp import main


def watch() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=watch, daemon=True).start()
sys.exit(main())
