"""The guarded engine's own process: ``python -m satupintu.rules.readings.execute.child``.

It knows networks and properties, and nothing of forms, rules or people. Its standard input is a
socket: first come the definitions, then one request after the other, until the other side is gone.
"""

from __future__ import annotations

import resource
import socket
import sys

from satupintu.rules.readings.execute.host import Definition, LocalHost
from satupintu.rules.readings.execute.trouble import EngineTrouble
from satupintu.rules.readings.execute.wire import receive, send


def main(limits: list[str]) -> int:
    """Serve one engine within ``limits``: megabytes, seconds of processor time; 0 is none."""
    megabytes, seconds = map(int, limits)
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with socket.socket(fileno=sys.stdin.fileno()) as connection:
        try:
            host = LocalHost([Definition(text, width) for text, width in receive(connection)])
        except EngineTrouble as e:
            send(connection, {"trouble": e.detail})
            return 1
        send(connection, {"fired": []})
        while True:
            try:
                network, properties = receive(connection)
            except EOFError:
                return 0
            try:
                send(connection, {"fired": host.fired(network, properties)})
            except EngineTrouble as e:
                send(connection, {"trouble": e.detail})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
