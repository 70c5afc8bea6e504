"""Runs a server until standard input ends: when the tests end, however they do.

Started with the server's entry point, `module:function`, and its arguments.
"""

import importlib
import os
import sys
import threading


def watch():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=watch, daemon=True).start()
sys.argv = sys.argv[1:]
module, function = sys.argv[0].split(":")
sys.exit(getattr(importlib.import_module(module), function)())
