#!/usr/bin/env python3
"""Prints the changes of runs as they happen, with nothing but Python's own library.

    URL=http://localhost:4000 TOKEN=... python3 examples/subscribe.py [JOB_ID [COUNT]]

Each line is one JSON object. Without a job it tells of all; with COUNT it ends after so many lines. To go on after a
break, give the last cursor in AFTER. The protocol is graphql-transport-ws over a WebSocket (RFC 6455).
"""
import base64
import json
import os
import socket
import ssl
import struct
import sys
from urllib.parse import urlsplit

QUERY = """subscription ($jobId: ID, $after: String) {
  runChanged(jobId: $jobId, after: $after) {
    cursor change subjectId subject { ... on Run { number state stateReason { message } } }
  }
}"""
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Socket:
    """A WebSocket of a client: text messages in both directions."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        is_secure = parts.scheme == "https"
        port = parts.port or (443 if is_secure else 80)
        self.raw = socket.create_connection((parts.hostname, port))
        if is_secure:
            self.raw = ssl.create_default_context().wrap_socket(self.raw, server_hostname=parts.hostname)
        self.stream = self.raw.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {parts.path.rstrip('/')}/graphql HTTP/1.1",
            f"Host: {parts.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: graphql-transport-ws",
        ]
        self.raw.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        status = self.stream.readline().decode()
        while self.stream.readline().strip():
            pass
        if " 101 " not in status:
            raise SystemExit(f"The server did not open a WebSocket: {status.strip()}")

    def send(self, message: dict) -> None:
        self._frame(TEXT, json.dumps(message).encode())

    def receive(self) -> dict:
        """The next message; pings are answered on the way."""
        text = b""
        while True:
            is_last, kind, data = self._read_frame()
            if kind == PING:
                self._frame(PONG, data)
            elif kind == CLOSE:
                code = struct.unpack("!H", data[:2])[0] if len(data) >= 2 else 1005
                raise SystemExit(f"The server closed the connection: {code} {data[2:].decode()}")
            elif kind != PONG:
                text += data
                if is_last:
                    return json.loads(text)

    def _frame(self, kind: int, data: bytes) -> None:
        mask = os.urandom(4)
        size = len(data)
        if size < 126:
            head = struct.pack("!BB", 0x80 | kind, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | kind, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | kind, 0x80 | 127, size)
        self.raw.sendall(head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(data)))

    def _read_frame(self) -> tuple:
        first, second = self._read(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", self._read(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self._read(8))
        return bool(first & 0x80), first & 0x0F, self._read(size)

    def _read(self, size: int) -> bytes:
        data = self.stream.read(size)
        if len(data) < size:
            raise SystemExit("The connection broke.")
        return data


def subscribe(url: str, token: str, variables: dict):
    """Yields the values of the subscription until the server completes it."""
    sock = Socket(url)
    sock.send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
    while True:
        message = sock.receive()
        kind = message["type"]
        if kind == "connection_ack":
            sock.send({"id": "1", "type": "subscribe", "payload": {"query": QUERY, "variables": variables}})
        elif kind == "ping":
            sock.send({"type": "pong"})
        elif kind == "next":
            payload = message["payload"]
            if payload.get("errors"):
                raise SystemExit(f"Refused: {json.dumps(payload['errors'])}")
            yield payload["data"]["runChanged"]
        elif kind == "error":
            raise SystemExit(f"Refused: {json.dumps(message['payload'])}")
        elif kind == "complete":
            return


def main() -> None:
    url = os.environ.get("URL", "http://localhost:4000")
    token = os.environ.get("TOKEN")
    if not token:
        raise SystemExit("Set TOKEN to an API token with the scope JOBS_READ.")
    job, count = (sys.argv[1:] + [None, None])[:2]
    variables = {"jobId": job, "after": os.environ.get("AFTER")}
    for number, change in enumerate(subscribe(url, token, variables), start=1):
        print(json.dumps(change), flush=True)
        if count is not None and number >= int(count):
            return


if __name__ == "__main__":
    main()
