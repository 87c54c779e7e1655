"""What a process is told from outside: environment variables with the prefix ``MINGJING_``.

Secrets never stand in the environment or on the command line: a variable names the file
(mode 0600) that holds the secret.
"""

from __future__ import annotations

import base64
import json
from functools import cached_property
from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL

from mingjing_shared.errors import Misconfigured

KEY_BYTES = 32
RESTORE_KEY = "从备份恢复该文件。"


class Settings(BaseSettings):
    """The settings of one process of one service."""

    model_config = SettingsConfigDict(env_prefix="MINGJING_", frozen=True, extra="ignore")

    service: str
    host: str = "127.0.0.1"
    port: int = 0

    database_host: str = "127.0.0.1"
    database_port: int = 5432
    database_name: str = ""
    database_user: str = ""
    database_password_file: Path = Path()
    database_pool_size: int = 6

    kafka_bootstrap: str = "127.0.0.1:9094"
    kafka_user: str = ""
    kafka_password_file: Path = Path()
    kafka_mechanism: str = "SCRAM-SHA-256"
    kafka_session_timeout_ms: int = 10_000
    kafka_metadata_max_age_ms: int = 30_000
    topic_prefix: str = ""

    key_ring_file: Path = Path()
    installation_key_file: Path = Path()
    installation_code: str = "mingjing"
    token_public_file: Path = Path()
    body_name: str = "公安局"

    log_key_file: Path = Path()
    log_sm2: bool = False  # whether its log is signed by SM2 too
    log_sm2_key_file: Path = Path()
    witness_key_file: Path = Path()
    witness_ml_dsa_key_file: Path = Path()
    log_keys_file: Path = Path()  # the public keys of all logs and witnesses, one a line
    witness_folder: Path = Path()  # where it remembers what it co-signed, beside the database
    witness_urls: dict[str, str] = {}  # of the other services' witnesses, by service

    traces_url: str = ""  # the trace store's page of one case, its reference as CASE_REF

    probe_every_seconds: float = 30.0
    batch_max_records: int = 500

    @field_validator("witness_urls", mode="before")
    @classmethod
    def _as_lent(cls, value: object) -> object:
        """A command of ours is lent variables as they stand in the environment: as text."""
        return json.loads(value) if isinstance(value, str) else value

    @cached_property
    def database_url(self) -> URL:
        """Where the service's own database is, with its application role's password.

        Raises:
            Misconfigured: the password file is missing or empty.
        """
        return URL.create(
            "postgresql+asyncpg",
            username=self.database_user or f"{self.service}_app",
            password=secret_in(self.database_password_file),
            host=self.database_host,
            port=self.database_port,
            database=self.database_name or self.service,
        )

    @cached_property
    def kafka_client(self) -> dict[str, str]:
        """The connection arguments that every Kafka client of this process starts from.

        Raises:
            Misconfigured: the password file is missing or empty.
        """
        return {
            "bootstrap_servers": self.kafka_bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": self.kafka_mechanism,
            "sasl_plain_username": self.kafka_user or self.service,
            "sasl_plain_password": secret_in(self.kafka_password_file),
        }

    @cached_property
    def installation_key(self) -> bytes:
        """The key of the installation's keyed hashes: 32 bytes, the same for all services.

        Raises:
            Misconfigured: the file is missing or does not hold base64 of 32 bytes.
        """
        return key_bytes(self.installation_key_file, "从备份恢复该文件；有数据时不得重新生成。")

    def topic(self, name: str) -> str:
        """A topic's (or group's) name on the broker: the run's prefix, then its own name."""
        return self.topic_prefix + name


def secret_in(file: Path) -> str:
    """The one secret a file holds, without the newline at its end.

    Raises:
        Misconfigured: the file cannot be read or is empty.
    """
    try:
        secret = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"读不到密钥文件 {file}：{error}", "检查文件是否存在、权限是否为 0600。"
        ) from error
    if not secret:
        raise Misconfigured(f"密钥文件 {file} 是空的。", "从备份恢复该文件。")
    return secret


def key_bytes(file: Path, way_out: str = RESTORE_KEY, length: int = KEY_BYTES) -> bytes:
    """The bytes of a key, 32 unless said otherwise, from a file that holds them as base64.

    Raises:
        Misconfigured: the file is missing or holds something else; says ``way_out``.
    """
    try:
        raw = base64.b64decode(secret_in(file), validate=True)
    except ValueError:
        raise Misconfigured(
            f"密钥文件 {file} 应为 {length} 字节的 base64，实际不是 base64。", way_out
        ) from None
    if len(raw) != length:
        raise Misconfigured(
            f"密钥文件 {file} 应为 {length} 字节的 base64，实为 {len(raw)} 字节。", way_out
        )
    return raw
