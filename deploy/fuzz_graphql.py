# Starts a demonstration, signs in as one person per role, makes each a token with every scope that is offered, and
# runs Schemathesis over the schema with it. See schemathesis.sh.
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = (
    "endorser@kestrel.example",
    "officer@funder.example",
    "chair@funder.example",
    "reviewer1@funder.example",
    "steward@council.example",
    "operator@plumbline.example",
)
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "30")
START_SECONDS = 240
# More than this run can spend: limits of cost have tests of their own.
PLENTY = ("--cost-capacity", "1000000000", "--cost-per-second", "10000000")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(binary, folder, port):
    listen = f"127.0.0.1:{port}"
    command = [binary, "dev", "--listen", listen, "--seed", ROOT / "seed", "--web", ROOT / "frontend/dist", *PLENTY]
    out, log = (folder / "out").open("w"), (folder / "log").open("w")
    process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=log)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"password for all of them: (\S+)", (folder / "out").read_text())
        if found:
            return process, found[1]
        time.sleep(0.2)
    process.terminate()
    sys.exit(f"the demonstration did not start:\n{(folder / 'log').read_text()}")


class Person:
    """A browser as far as the server can tell."""

    def __init__(self, origin, address, password):
        self.origin = origin
        self.cookie = None
        self.post("/auth/login", {"email": address, "password": password})
        self.password = password

    def post(self, path, body=None):
        headers = {"content-type": "application/json", "x-plumbline": "1"}
        if self.cookie:
            headers["cookie"] = self.cookie
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.origin + path, data, headers)) as answer:
            for given in answer.headers.get_all("set-cookie") or []:
                pair = given.split(";")[0]
                if pair.startswith("__Host-plumbline="):
                    self.cookie = pair
            text = answer.read()
        return json.loads(text) if text else None

    def token(self):
        scopes = [scope["code"] for scope in self.post("/auth/tokens")["scopes"]]
        asked = {"name": "Schemathesis", "scopes": scopes, "days": 1, "password": self.password}
        return self.post("/auth/tokens", asked)["secret"]


def ids_in(value):
    """Every id of an answer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "id" and isinstance(inner, str):
                yield inner
            yield from ids_in(inner)
    if isinstance(value, list):
        for inner in value:
            yield from ids_in(inner)


def crawl(person, binary_schema, address):
    """The pages' own operations that need no variable, as this person; counts answers, and fails on a server error."""
    documents = json.loads(binary_schema.read_text())
    asked, found = 0, set()
    for identifier, text in documents.items():
        if text.startswith("subscription") or text.startswith("mutation"):
            continue
        names = re.findall(r"\$(\w+): (ID!|\[?\w+!?\]?!?)", text.split("{")[0])
        values = [None] if not any(kind == "ID!" for _, kind in names) else sorted(found)[:12] or [None]
        for value in values:
            variables = {name: value for name, kind in names if kind == "ID!"}
            answer = person.post("/graphql", {"documentId": identifier, "variables": variables})
            found.update(ids_in(answer.get("data")))
            for error in answer.get("errors") or []:
                if (error.get("extensions") or {}).get("code") == "internal":
                    sys.exit(f"{address}: {error['message']}\n{text}")
            asked += 1
    return asked, found


def main():
    binary = Path(sys.argv[1]).resolve()
    hooks = {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(ROOT / "deploy")}
    schemathesis = Path(sys.executable).parent / "schemathesis"
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        process, password = started(binary, Path(folder), port)
        origin = f"http://127.0.0.1:{port}"
        failed = []
        try:
            for address in PEOPLE:
                person = Person(origin, address, password)
                asked, ids = crawl(person, ROOT / "graphql/documents.json", address)
                print(f"crawl as {address}: {asked} operations of the web app, {len(ids)} ids, 0 server errors", flush=True)
                environment = {**os.environ, **hooks, "PLUMBLINE_IDS": json.dumps(sorted(ids)[:200] or ["none"])}
                command = [
                    schemathesis, "run", str(ROOT / "graphql/schema.graphql"), "--url", f"{origin}/graphql",
                    "--header", f"Authorization: Bearer {person.token()}",
                    "--checks", "served,nothing_of_the_inside",
                    "--max-examples", EXAMPLES, "--seed", "1", "--no-color",
                ]
                print(f"schemathesis as {address}", flush=True)
                if subprocess.run(command, env=environment, cwd=folder, check=False).returncode != 0:
                    failed.append(address)
            log = (Path(folder) / "log").read_text()
            broken = [line for line in log.splitlines() if "panicked" in line or "failed inside" in line]
        finally:
            process.terminate()
            process.wait()
    if failed or broken:
        sys.exit(f"failed as {failed}; the server logged:\n" + "\n".join(broken[:20]))


main()
