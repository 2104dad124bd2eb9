"""Takes out of a tensorflow-cpu wheel what tfjs-node needs: two libraries and the C headers.

Usage: tensorflow_from_wheel.py WHEEL DEPS, where DEPS becomes tfjs-node's `deps` folder (lib and include).
"""

import os
import shutil
import sys
import zipfile

HEADERS = tuple(f"tensorflow/include/{folder}/" for folder in ("tensorflow/c", "tsl", "xla/tsl", "tensorflow/core/platform"))
# Names that tfjs-node's linker flags and loader ask for, and the file of the wheel behind each.
NAMES = {
    "libtensorflow.so": "libtensorflow_cc.so.2",
    "libtensorflow.so.2.9.1": "libtensorflow_cc.so.2",
    "libtensorflow_framework.so": "libtensorflow_framework.so.2",
}


def main(wheel: str, deps: str) -> None:
    lib, include = os.path.join(deps, "lib"), os.path.join(deps, "include")
    os.makedirs(lib)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith("/"):
                continue
            if name.startswith(HEADERS):
                target = os.path.join(include, name[len("tensorflow/include/") :])
            elif name in ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"):
                target = os.path.join(lib, os.path.basename(name))
            else:
                continue
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(name) as source, open(target, "wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)
    for name, file in NAMES.items():
        os.symlink(file, os.path.join(lib, name))


main(*sys.argv[1:])
