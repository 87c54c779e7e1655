"""The buckets of the object store: made by the setup job, with object lock from the first day."""

from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError

from mingjing_deploy.errors import DeployError

LOCKED_BUCKETS = ("event-archive", "footage")
ADMIN = "admin"
_CONFIG = AioConfig(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=20,
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


async def ensure_buckets(url: str, secret: str) -> list[str]:
    """Make the buckets that are missing; name those that were made.

    Raises:
        DeployError: the store does not answer or refuses, or a bucket is there without a lock.
    """
    try:
        async with get_session().create_client(
            "s3",
            region_name="us-east-1",
            endpoint_url=url,
            aws_access_key_id=ADMIN,
            aws_secret_access_key=secret,
            config=_CONFIG,
        ) as client:
            there = {entry["Name"] for entry in (await client.list_buckets())["Buckets"]}
            made = [name for name in LOCKED_BUCKETS if name not in there]
            for name in made:
                await client.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
            for name in LOCKED_BUCKETS:
                lock = await client.get_object_lock_configuration(Bucket=name)
                if lock["ObjectLockConfiguration"].get("ObjectLockEnabled") != "Enabled":
                    raise DeployError(f"Bucket {name} has no object lock; it must not be used.")
    except (BotoCoreError, ClientError) as problem:
        raise DeployError(f"Buckets could not be made: {problem}.") from problem
    return made
