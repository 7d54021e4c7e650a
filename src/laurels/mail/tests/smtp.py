"""A small SMTP server that keeps what it is given; it can be told to refuse for a while."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Mailhost:
    port: int = 0
    refusals: int = 0
    answer: str = "451 try again later"
    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)


@contextlib.contextmanager
def mailhost() -> Iterator[Mailhost]:
    host = Mailhost()

    class Session(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self) -> None:
            self.say("220 mailhost")
            recipients: list[str] = []
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "QUIT":
                    return self.say("221 bye")
                if verb == "RCPT" and host.refusals:
                    host.refusals -= 1
                    self.say(host.answer)
                    continue
                if verb == "RCPT":
                    recipients.append(line.partition(":")[2].strip(" <>"))
                if verb == "DATA":
                    self.say("354 go on")
                    host.received.append(message_from_bytes(self.body(), policy=default))
                    host.recipients.append(recipients)
                self.say("250 ok")
            return None

        def body(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return b"".join(lines)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        host.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield host
        server.shutdown()
