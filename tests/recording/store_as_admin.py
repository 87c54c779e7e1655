"""The object store as its administrator sees it."""

from contextlib import asynccontextmanager

from aiobotocore.config import AioConfig
from aiobotocore.session import get_session

CONFIG = AioConfig(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


@asynccontextmanager
async def as_admin(objectstore):
    """A client with all rights."""
    async with get_session().create_client(
        "s3",
        region_name="us-east-1",
        endpoint_url=f"http://127.0.0.1:{objectstore.ports.s3}",
        aws_access_key_id="admin",
        aws_secret_access_key=objectstore.users["admin"],
        config=CONFIG,
    ) as client:
        yield client
