"""A real browser: Debian's chromium, which .ci/run installs."""

from __future__ import annotations

import contextlib
import shutil

import pytest
from playwright.async_api import async_playwright


@contextlib.asynccontextmanager
async def a_chromium():
    """A browser without a window, closed at the end."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("chromium is needed for this test: .ci/run installs it")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
            ],
        )  # fmt: skip
        yield browser
        await browser.close()
