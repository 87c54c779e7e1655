"""The front door leads each path to its service, and says so when one is away."""

import http.server
import threading

import httpx
import pytest

from mingjing_deploy.local.front import prepare_front
from mingjing_deploy.local.ports import free_port
from mingjing_deploy.local.process import Server

SERVICES = ("GATEWAY", "DISCLOSURE", "RECORDING", "REVIEW", "TASKS")


class Echo(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/session/check":
            self.send_response(204)
            if "Cookie" in self.headers:
                self.send_header("Mj-Token", f"made for {self.headers['Cookie']}")
            self.end_headers()
            return
        token = self.headers.get("Mj-Token")
        body = f"{self.server.name} {self.path} {self.headers['Host']} token={token}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        received = len(self.rfile.read(int(self.headers["Content-Length"])))
        body = f"{self.server.name} {self.path} received={received}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    """The door with every service behind it but tasks, which is away."""
    folder = tmp_path_factory.mktemp("front")
    env = {"MINGJING_FRONT_HOST": "127.0.0.1", "MINGJING_FRONT_PORT": str(free_port())}
    behind = []
    for name in SERVICES:
        port = free_port()
        env[f"MINGJING_FRONT_{name}"] = f"127.0.0.1:{port}"
        if name != "TASKS":
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Echo)
            server.name = name
            threading.Thread(target=server.serve_forever, daemon=True).start()
            behind.append(server)
    url = f"http://127.0.0.1:{env['MINGJING_FRONT_PORT']}"
    door = Server(prepare_front(folder, env, folder / "front.log"), lambda: answers(url))
    door.start()
    yield url
    door.stop()
    for server in behind:
        server.shutdown()
        server.server_close()


def answers(url):
    try:
        httpx.get(url)
    except httpx.TransportError as problem:
        return str(problem)
    return None


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/", "GATEWAY"),
        ("/intake/events", "GATEWAY"),
        ("/disclosure", "DISCLOSURE"),
        ("/disclosure/api/items", "DISCLOSURE"),
        ("/recording/", "RECORDING"),
        ("/review/?q=1", "REVIEW"),
        ("/reviewer", "GATEWAY"),
    ],
)
def test_each_path_goes_to_its_service_whole(front, path, service):
    host = front.removeprefix("http://")
    assert httpx.get(front + path).text == f"{service} {path} {host} token=None"


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/healthz", "/session/check"])
def test_a_process_s_own_health_is_not_for_the_door(front, path):
    assert httpx.get(front + path).status_code == 404


def test_a_department_that_is_away_leaves_a_page_that_says_so(front):
    answer = httpx.get(f"{front}/tasks/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "暂时不可用" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_a_machine_is_told_when_to_come_back(front):
    answer = httpx.post(f"{front}/tasks/api/things")
    assert answer.status_code == 503
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == 503


def test_the_door_does_not_say_what_it_is_made_of(front):
    answer = httpx.get(front)
    assert "server" not in {name for name in answer.headers if "addy" in answer.headers[name]}
    assert answer.headers["x-content-type-options"] == "nosniff"


DEPARTMENTS = ("/disclosure/", "/recording/", "/review/", "/admin/")


@pytest.mark.parametrize("path", DEPARTMENTS)
def test_a_token_that_a_client_brings_along_is_taken_away(front, path):
    answer = httpx.get(front + path, headers={"Mj-Token": "forged"})
    assert answer.text.endswith("token=None")
    both = httpx.get(front + path, headers={"Mj-Token": "forged", "Cookie": "mj_session=s"})
    assert both.text.endswith("token=made for mj_session=s")


@pytest.mark.parametrize("path", DEPARTMENTS)
def test_the_gateway_is_asked_who_asks_before_a_request_is_handed_on(front, path):
    answer = httpx.get(front + path, headers={"Cookie": "mj_session=s"})
    assert answer.text.endswith("token=made for mj_session=s")


def test_a_form_arrives_whole_behind_the_question(front):
    answer = httpx.post(front + "/review/act", data={"reason": "字" * 50_000})
    assert answer.text.startswith("REVIEW /review/act")
    assert answer.text.endswith("received=" + str(len("reason=" + "%E5%AD%97" * 50_000)))
