"""The page that checks a receipt in the browser: what is right is proved, what is not is not.

The same spoilt receipts are put to it as to the platform's own verifier, which it shares no line
with. Once with the browser's own Ed25519, once with the vendored one.
"""

import asyncio
import contextlib

import pytest
import uvicorn
from portal.given import a_log, an_entry, an_item
from trust.test_draw_proof import receipt
from trust.test_receipt import spoilt

from mingjing_deploy.local.ports import free_port
from support.chromium import a_chromium
from support.running import until

SHA = an_item().text_sha256
WITHOUT_ED25519 = """
const importKey = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (form, key, how, ...rest) =>
  how === "Ed25519" ? Promise.reject(new DOMException("not here", "NotSupportedError"))
                    : importKey(form, key, how, ...rest);
"""


@contextlib.asynccontextmanager
async def served(app):
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    task = asyncio.create_task(server._serve())

    async def is_started():
        return server.started

    await until(is_started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@pytest.fixture
async def portal(app, inside):
    entries = [an_entry(number, public_sha256=SHA) for number in range(6)]
    await inside.tell(an_item(), *a_log(entries))
    async with served(app) as address:
        yield address


@contextlib.asynccontextmanager
async def verify_page(portal, script=None):
    async with a_chromium() as browser:
        context = await browser.new_context()
        page = await context.new_page()
        if script:
            await page.add_init_script(script)
        sent = []
        page.on("request", lambda request: sent.append((request.method, request.url)))
        await page.goto(f"{portal}/verify", wait_until="networkidle")
        yield page, sent


async def verdict(page, text, public=""):
    """What the page says of a receipt that is pasted into it."""
    await page.fill("textarea[name=text]", "")
    await page.evaluate(
        "text => { document.querySelector('textarea[name=text]').value = text }", text
    )
    await page.fill("textarea[name=public]", public)
    await page.evaluate("document.querySelector('[data-verified]').replaceChildren()")
    await page.click("button[type=submit]")
    await page.wait_for_selector("[data-verified] p")
    return await page.inner_text("[data-verified]")


@pytest.mark.parametrize("script", [None, WITHOUT_ED25519], ids=["own", "vendored"])
async def test_a_receipt_is_proved_in_the_browser_and_nothing_is_sent(
    portal, browse, script, tmp_path
):
    raw = (await browse.get("/receipts/I1?version=1")).text
    async with verify_page(portal, script) as (page, sent):
        count = len(sent)
        said = await verdict(page, raw, an_item().text)
        assert said.startswith("已证明。")
        for part in (SHA, "第 5 项（共 6 项）", "test/mingjing/review/witness", "与凭证一致"):
            assert part in said
        assert "不一致" in await verdict(page, raw, an_item().text + "。")
        file = tmp_path / "I1.tlog-proof"
        file.write_text(raw)
        await page.set_input_files("input[type=file]", file)
        assert (await verdict(page, "")).startswith("已证明。")
        assert len(sent) == count


async def test_a_line_of_sm2_changes_nothing_for_the_page(portal):
    """The page does not look at it, whether the key is in its list or not."""
    entries = [an_entry(number, public_sha256=SHA) for number in range(6)]
    raw = receipt(entries, 5, sm2="{}")
    assert raw.count("— test/mingjing/portal ") == 2
    async with verify_page(portal) as (page, _sent):
        keys = (await page.input_value("[name=keys]")).splitlines()
        assert len([key for key in keys if key.startswith("test/mingjing/portal+")]) == 2
        assert (await verdict(page, raw)).startswith("已证明。")
        await page.evaluate(
            "keys => { document.querySelector('[name=keys]').value = keys }",
            "\n".join([keys[0], *keys[2:]]),
        )
        assert (await verdict(page, raw)).startswith("已证明。")


async def test_whatever_is_wrong_with_a_receipt_the_page_does_not_believe_it(portal, browse):
    raw = (await browse.get("/receipts/I1?version=1")).content
    async with verify_page(portal) as (page, _sent):
        for what, changed in spoilt(raw, index=5, size=6, log="test/mingjing/portal"):
            with contextlib.suppress(UnicodeDecodeError):
                text = changed.decode()
                if "\r" in text:
                    continue  # a text area knows no other line ends; see the file below
                said = await verdict(page, text)
                assert said.startswith("未能证明："), (what, said)


async def test_a_file_with_other_line_ends_is_not_believed(portal, browse, tmp_path):
    raw = (await browse.get("/receipts/I1?version=1")).content
    file = tmp_path / "I1.tlog-proof"
    file.write_bytes(raw.replace(b"\n", b"\r\n"))
    async with verify_page(portal) as (page, _sent):
        await page.set_input_files("input[type=file]", file)
        assert (await verdict(page, "")).startswith("未能证明：")
