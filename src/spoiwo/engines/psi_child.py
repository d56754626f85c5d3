"""Private set intersection in a process of its own: a question on standard input, the answer on standard output.

Runs under any Python that has openmined-psi, without Spoiwo beside it, because the library pins a release of protobuf;
and what another office sent is read by native code here, where no key of the office is.
"""

import base64
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

ABSENT, UNREADABLE = 4, 3  # exit codes
FALSE_ALARMS = 1e-9  # chance that any number of the asking side seems to be in common though it is not
Told = Mapping[str, Any]


def ask(psi: Any, told: Told) -> Told:
    """From numbers: key (to be kept), request (to be sent)."""
    client = psi.client.CreateWithNewKey(True)
    request = client.CreateRequest(told["numbers"]).SerializeToString()
    return {"key": _text(client.GetPrivateKeyBytes()), "request": _text(request)}


def answer(psi: Any, told: Told) -> Told:
    """From numbers and a request: setup, response."""
    request = _parsed(psi.Request(), told["request"])
    server = psi.server.CreateWithNewKey(True)
    setup = server.CreateSetupMessage(
        FALSE_ALARMS, len(request.encrypted_elements), told["numbers"], psi.DataStructure.GCS
    )
    response = server.ProcessRequest(request)
    return {"setup": _text(setup.SerializeToString()), "response": _text(response.SerializeToString())}


def read(psi: Any, told: Told) -> Told:
    """From key, setup and response: places of the asking side's numbers that are in common."""
    client = psi.client.CreateFromKey(base64.b64decode(told["key"]), True)
    setup = _parsed(psi.ServerSetup(), told["setup"])
    response = _parsed(psi.Response(), told["response"])
    return {"places": list(client.GetIntersection(setup, response))}


STEPS: Mapping[str, Callable[[Any, Told], Told]] = {"ask": ask, "answer": answer, "read": read}


def main() -> int:
    """Answer one question; the exit code says what was wrong."""
    try:
        import private_set_intersection.python as psi
    except ImportError:
        return ABSENT
    told = json.load(sys.stdin)
    try:
        made = STEPS[told["step"]](psi, told)
    except Exception as error:  # noqa: BLE001 - protobuf and the library have classes of their own for what is broken
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    json.dump(made, sys.stdout)
    return 0


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _parsed(message: Any, text: str) -> Any:
    message.ParseFromString(base64.b64decode(text))
    return message


if __name__ == "__main__":
    sys.exit(main())
