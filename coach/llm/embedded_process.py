"""The child process with the embedded model: llama.cpp's own server on loopback. Run as a file, not imported.

A process of its own, because loading holds Python's lock for seconds and a crash in native code would take
the page along. Reads one JSON line (model_path, key, threads, context) from stdin, answers with one JSON
line ({"address"} or {"fault"}), and lives until stdin closes, so that it never outlives its parent. Writes
nothing else anywhere.
"""

import json
import os
import signal
import sys

# Small enough that a closed connection stops the reading of a long prompt within a second or so.
BATCH_TOKENS = 128
# Remembered prompt beginnings; the library's own default is 8 GB.
PROMPT_CACHE_MIB = 256


def main() -> None:
    """Load, report, and wait for the end of stdin."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    order = json.loads(sys.stdin.readline())
    try:
        server = serve(**order)
        answer = {"address": server.listening_address}
    except ImportError:
        answer = {"fault": "missing"}
    except Exception:
        answer = {"fault": "load"}
    print(json.dumps(answer), file=report, flush=True)
    if "address" in answer:
        sys.stdin.read()
    os._exit(0)  # the server's threads need no farewell


def serve(model_path: str, key: str, threads: int, context: int):  # noqa: ANN201
    """Start the server and return it once it answers."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model_path
    params.model_alias = {"coach"}  # else the answers name the path
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.n_ctx = context
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.cache_prompt = True
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.ui = False
    params.cors_origins, params.cors_origins_explicit = "http://127.0.0.1", True  # no foreign page may read
    params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.verbosity = -1
    params.offline = True
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
