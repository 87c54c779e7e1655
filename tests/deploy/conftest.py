"""What the tests of the deployment share."""

import hashlib
import hmac
from collections.abc import Mapping

import httpx
import pytest

from mingjing_shared.clock import machine_now

REGION = "us-east-1"


class S3:
    """As much of an S3 client as we need: signed requests, no library."""

    def __init__(self, endpoint: str, user: str, secret: str) -> None:
        self.endpoint = endpoint
        self.user = user
        self.secret = secret

    def request(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        url = f"{self.endpoint}{path}" + (f"?{query}" if query else "")
        signed = self._signed(method, path, query, body, dict(headers or {}))
        return httpx.request(method, url, content=body, headers=signed, timeout=20)

    def _signed(self, method, path, query, body, headers):
        stamp = machine_now().strftime("%Y%m%dT%H%M%SZ")
        digest = hashlib.sha256(body).hexdigest()
        everything = {
            **{name.lower(): value for name, value in headers.items()},
            "host": self.endpoint.removeprefix("http://"),
            "x-amz-date": stamp,
            "x-amz-content-sha256": digest,
        }
        names = ";".join(sorted(everything))
        lines = "".join(f"{name}:{everything[name]}\n" for name in sorted(everything))
        canonical_query = "&".join(
            part if "=" in part else f"{part}=" for part in sorted(query.split("&")) if part
        )
        request = f"{method}\n{path}\n{canonical_query}\n{lines}\n{names}\n{digest}"
        scope = f"{stamp[:8]}/{REGION}/s3/aws4_request"
        to_sign = "\n".join(
            ["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()]
        )
        key = f"AWS4{self.secret}".encode()
        for part in (stamp[:8], REGION, "s3", "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
        everything["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.user}/{scope},"
            f"SignedHeaders={names},Signature={signature}"
        )
        return everything


@pytest.fixture(scope="session")
def s3_client():
    return S3
