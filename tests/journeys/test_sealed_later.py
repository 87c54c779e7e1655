"""A public decision that turns out to be a sealed record: withdrawn, and nothing is told of it."""

from journeys.matter import COMPANY, TEXT, Matter

MATTER = Matter("03101")
SMALL = {"kinds": ["fine"], "fine": "2000.00"}  # below what a review is required for
SENTENCE = "该内容依法不再公开"


async def published(office):
    """The decision goes from the editor over the checker and the head to the public page."""
    text = TEXT.replace("三万元", "二千元")
    office.publishes(MATTER.accepted(), MATTER.made(outcome=SMALL, text=text), MATTER.served())
    editor = await office.person("disclosure_editor")
    await editor.sees_after_a_while("/disclosure/", MATTER.document)
    await editor.page.get_by_role("link", name=MATTER.document).first.click()
    address = editor.page.url.removeprefix(editor.home).split("?")[0]
    await editor.presses("提交复核")
    await editor.sees("待复核")
    checker = await office.person("disclosure_checker")
    await checker.opens(address)
    await checker.presses("复核通过")
    head = await office.person("bureau_leader")
    await head.sees_after_a_while(address, "待审批")
    await head.presses("批准公开")
    await head.sees_after_a_while(address, "已公示")
    return address


async def test_a_public_decision_that_becomes_a_sealed_record_leaves_no_trace_in_public(office):
    address = await published(office)
    public = f"/items/{address.rsplit('/', 1)[1]}"
    citizen = await office.citizen()
    await citizen.sees_after_a_while(public, COMPANY)

    correction = MATTER.accepted(kind="public_security")
    office.publishes({**correction, "supersedes": f"/huainan/casework#{MATTER.number}-1"})
    head = await office.person("bureau_leader")
    await head.sees_after_a_while(address, "应撤回")
    await head.opens("/")
    await head.sees(MATTER.document, "立即")
    await head.opens(address)
    assert await head.page.locator("#withdraw_code").input_value() == "sealed_public_security"
    await head.page.locator("#withdraw textarea").last.fill("案件改立为治安案件，记录依法封存")
    await head.page.locator("#withdraw button").click()
    await head.sees_after_a_while(address, "已撤回")

    page = citizen.page
    answer = await page.goto(citizen.home + public)
    assert answer.status == 410
    said = await page.locator("body").inner_text()
    assert SENTENCE in said
    for word in (COMPANY, MATTER.document, "罚款", "治安"):
        assert word not in said
    await citizen.opens("/withdrawn")
    await citizen.sees(SENTENCE)
    assert MATTER.document not in await page.locator("body").inner_text()
    await page.context.close()
