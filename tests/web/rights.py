"""Who may do what, route by route, as the law and the bureau say it: written down once more here.

Nothing is read from the table of permissions that the platform uses; both must say the same. The
case of these tests belongs to a station; handler, head and its deputy are of it, all others of
the city.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLE = {
    "H": "case_handler",
    "U": "unit_head",
    "L": "legal_reviewer",
    "M": "case_manager",
    "E": "disclosure_editor",
    "C": "disclosure_checker",
    "I": "inspector",
    "B": "bureau_leader",
    "O": "operator",
    "A": "administrator",
}
ANY_ROLE = "".join(ROLE)


@dataclass(frozen=True, slots=True)
class Right:
    """Who is let in.

    Attributes:
        officers: letters of the roles.
        nobody: whether one is let in without signing in.
        systems: whether a publisher's token is let in.
        shows: letters of the roles to which the answer shows the case; none: it shows no case.
        own: the answer is about the officer alone.
    """

    officers: str = ""
    nobody: bool = False
    systems: bool = False
    shows: str | None = None
    own: bool = False


def lets_in(officers: str, *, systems: bool = False) -> Right:
    """These roles and no other."""
    return Right(officers, systems=systems)


def shows(to: str, of: str = ANY_ROLE) -> Right:
    """The roles ``of`` are let in; the case is shown to these of them."""
    return Right(of, shows=to)


OFFICERS = Right(ANY_ROLE)
PUBLIC = Right(ANY_ROLE, nobody=True, systems=True)
READS_LOG = Right(ANY_ROLE)  # and the auditor; entries name nobody and say nothing
OWN = Right(ANY_ROLE, own=True)
SYSTEMS = Right(systems=True)
KEYS = Right()  # a publisher's key in the request itself: neither session nor token opens it
READS_REVIEW = "HULMIB"
SEES_REVIEWERS = "ULMIB"
SEES_ITEM = "HULMECIB"
SEES_RECORD = "HULMIB"
SEES_CASE = "HULMECIB"

RIGHTS: dict[str, dict[str, Right]] = {
    "review": {
        "GET /review/openapi.json": OFFICERS,
        "GET /review/log/checkpoint": READS_LOG,
        "POST /review/fragments/audit": lets_in("I"),
        "GET /review/log/vkey": READS_LOG,
        "GET /review/log/vkey-sm2": READS_LOG,
        "GET /review/log/witnesses": READS_LOG,
        "GET /review/log/{path:path}": READS_LOG,
        "GET /review/api/receipts/{entry_id}": lets_in(READS_REVIEW),
        "GET /review/fragments/receipts": shows(READS_REVIEW),
        "GET /review/": lets_in(READS_REVIEW),
        "GET /review/cases/{decision_id}": lets_in(READS_REVIEW),
        "POST /review/cases/{decision_id}/purpose": lets_in(READS_REVIEW),
        "POST /review/cases/{decision_id}/accept": lets_in("LM"),
        "POST /review/cases/{decision_id}/opinion": lets_in("LM"),
        "GET /review/cases/{decision_id}/submit": lets_in(READS_REVIEW),
        "POST /review/cases/{decision_id}/submit": lets_in("HU"),
        "GET /review/cases/{decision_id}/return": lets_in(READS_REVIEW),
        "POST /review/cases/{decision_id}/return": lets_in("LM"),
        "GET /review/cases/{decision_id}/extension": lets_in(READS_REVIEW),
        "POST /review/cases/{decision_id}/extension": lets_in("LM"),
        "GET /review/cases/{decision_id}/disagreement": lets_in(READS_REVIEW),
        "POST /review/cases/{decision_id}/disagreement": lets_in("HU"),
        "GET /review/papers/{paper_id}": lets_in(READS_REVIEW),
        "GET /review/papers/{paper_id}/file": lets_in(READS_REVIEW),
        "GET /review/contradictions": shows(READS_REVIEW, READS_REVIEW),
        "GET /review/contradictions/{finding_id}": lets_in(READS_REVIEW),
        "POST /review/contradictions/{finding_id}": lets_in("LM"),
        "GET /review/cases/{decision_id}/people": lets_in(READS_REVIEW),
        "POST /review/cases/{decision_id}/assign": lets_in("M"),  # and who heads the legal team
        "POST /review/cases/{decision_id}/engagements": lets_in("LM"),
        "POST /review/cases/{decision_id}/engagements/{engagement_id}": lets_in("LM"),
        "GET /review/reviewers": lets_in(SEES_REVIEWERS),
        "GET /review/reviewers/{number}": lets_in(SEES_REVIEWERS),
        "POST /review/reviewers/{number}/absences": lets_in("M"),  # and the officer's own
        "POST /review/reviewers/{number}/absences/{absence_id}/end": lets_in("M"),
        "POST /review/earlier-reviewers": lets_in("M"),
        "GET /review/advisers": lets_in(SEES_REVIEWERS),
        "GET /review/advisers/{ref}": lets_in(SEES_REVIEWERS),
        "GET /review/staffing": lets_in(SEES_REVIEWERS),
        "GET /review/staffing/{unit}": lets_in(SEES_REVIEWERS),
        "GET /review/hearings": lets_in(READS_REVIEW),
        "GET /review/hearings/{decision_id}": lets_in(READS_REVIEW),
        "GET /review/hearings/{decision_id}/papers/{paper}": lets_in(READS_REVIEW),
        "POST /review/hearings/{decision_id}/record": lets_in("HU"),
        "POST /review/hearings/{decision_id}/decide": lets_in("LM"),
        "POST /review/hearings/{decision_id}/notice": lets_in("LM"),
        "POST /review/hearings/{decision_id}/hold": lets_in("LM"),
        "POST /review/hearings/{decision_id}/report": lets_in("LM"),
        "GET /review/board": lets_in(READS_REVIEW),
        "POST /review/reminders/{reminder_id}/seen": lets_in(READS_REVIEW),
        "GET /review/limits/{case_ref}": lets_in(READS_REVIEW),
        "POST /review/limits/{case_ref}/ask": lets_in("HU"),
        "POST /review/limits/{case_ref}/decide": lets_in("UB"),
        "GET /review/transfers/{decision_id}": lets_in(READS_REVIEW),
        "POST /review/transfers/{decision_id}/crime": lets_in("HULM"),
        "POST /review/transfers/{decision_id}/decide": lets_in("UB"),
        "GET /review/law": lets_in(READS_REVIEW),
        "GET /review/catalogue": lets_in(READS_REVIEW),
        "POST /review/catalogue/changes": lets_in("M"),
        "GET /review/catalogue/{unit}": lets_in(READS_REVIEW),
        "POST /review/catalogue/{unit}/draft": lets_in("M"),  # reviewers: of the unit itself
        "POST /review/catalogue/{unit}/checks": lets_in("M"),
        "GET /review/catalogue/versions/{version_id}": lets_in(READS_REVIEW),
        "GET /review/catalogue/versions/{version_id}/items": lets_in("M"),
        "POST /review/catalogue/versions/{version_id}/items": lets_in("M"),
        "POST /review/catalogue/versions/{version_id}/strike": lets_in("M"),
        "POST /review/catalogue/versions/{version_id}/ask": lets_in("M"),
        "POST /review/catalogue/versions/{version_id}/outside": lets_in("M"),
        "POST /review/catalogue/versions/{version_id}/guide": lets_in("LM"),
        "POST /review/catalogue/versions/{version_id}/back": lets_in("UB"),
        "GET /review/catalogue/versions/{version_id}/what-if": lets_in(READS_REVIEW),
        "POST /review/catalogue/versions/{version_id}/approve": lets_in("UB"),
        "POST /review/catalogue/versions/{version_id}/publish": lets_in("M"),
        "GET /review/fragments/todo": shows("HU"),  # it waits to be handed in
        "GET /review/fragments/bell": shows("HU"),
        "POST /review/fragments/search": shows(READS_REVIEW),
        "GET /review/fragments/log": OWN,
        "GET /review/fragments/case": shows(READS_REVIEW),
        "GET /review/api/reviews": lets_in(READS_REVIEW),
        "POST /review/api/gate": lets_in("HULMB", systems=True),
        "GET /review/api/clearance-key": PUBLIC,
    },
    "recording": {
        "GET /recording/openapi.json": OFFICERS,
        "GET /recording/log/checkpoint": READS_LOG,
        "POST /recording/fragments/audit": lets_in("I"),
        "GET /recording/log/vkey": READS_LOG,
        "GET /recording/log/vkey-sm2": READS_LOG,
        "GET /recording/log/witnesses": READS_LOG,
        "GET /recording/log/{path:path}": READS_LOG,
        "GET /recording/api/receipts/{entry_id}": lets_in(SEES_RECORD),
        "GET /recording/fragments/receipts": shows(SEES_RECORD),
        "GET /recording/": shows(SEES_RECORD),
        "GET /recording/actions/{action_id}": lets_in(SEES_RECORD),
        "POST /recording/actions/{action_id}/explanations": lets_in("HU"),
        "GET /recording/footage": shows(SEES_RECORD),
        "GET /recording/footage/{footage_id}": lets_in(SEES_RECORD),
        "POST /recording/footage/{footage_id}/links": lets_in("HUM"),
        "POST /recording/footage/{footage_id}/purpose": lets_in("HULMI"),
        "GET /recording/footage/{footage_id}/access": lets_in("HULB"),
        "POST /recording/footage/{footage_id}/access": lets_in("HULB"),
        "GET /recording/access": shows("UB"),  # somebody of another unit asked
        "GET /recording/access/{request_id}": lets_in("UB"),
        "POST /recording/access/{request_id}/decision": lets_in("UB"),
        "GET /recording/casefiles": shows(SEES_RECORD),
        "GET /recording/casefiles/{case_ref}": lets_in(SEES_RECORD),
        "POST /recording/casefiles/{case_ref}/purpose": lets_in("HULMI"),
        "POST /recording/casefiles/{case_ref}/packages": lets_in("HUM"),
        "GET /recording/upload": lets_in("HU"),
        "POST /recording/upload": lets_in("HU"),
        "GET /recording/blobs/{sha256}": lets_in("HULMI"),
        "GET /recording/fragments/todo": shows("HUB"),  # what lacks; and a request to decide on
        "GET /recording/fragments/bell": shows("HUB"),
        "POST /recording/fragments/search": shows(SEES_RECORD),
        "GET /recording/fragments/log": OWN,
        "GET /recording/fragments/case": shows(SEES_RECORD, of=SEES_RECORD),
        "GET /recording/api/actions": shows(SEES_RECORD),
        "GET /recording/api/footage": shows(SEES_RECORD),
        "GET /recording/api/casefiles": shows(SEES_RECORD),
    },
    "disclosure": {
        "GET /disclosure/openapi.json": OFFICERS,
        "GET /disclosure/log/checkpoint": READS_LOG,
        "POST /disclosure/fragments/audit": lets_in("I"),
        "GET /disclosure/log/vkey": READS_LOG,
        "GET /disclosure/log/vkey-sm2": READS_LOG,
        "GET /disclosure/log/witnesses": READS_LOG,
        "GET /disclosure/log/{path:path}": READS_LOG,
        "GET /disclosure/api/receipts/{entry_id}": lets_in(SEES_ITEM),
        "GET /disclosure/fragments/receipts": shows(SEES_ITEM),
        "GET /disclosure/": lets_in(SEES_ITEM),
        "GET /disclosure/withheld": lets_in(SEES_ITEM),
        "GET /disclosure/items/{item_id}": lets_in(SEES_ITEM),
        "POST /disclosure/items/{item_id}/text": lets_in("E"),
        "POST /disclosure/items/{item_id}/check": lets_in("C"),
        "POST /disclosure/items/{item_id}/return": lets_in("CUB"),
        "POST /disclosure/items/{item_id}/approve": lets_in("UB"),
        "POST /disclosure/items/{item_id}/withhold": lets_in("UB"),
        "POST /disclosure/items/{item_id}/release": lets_in("B"),
        "POST /disclosure/items/{item_id}/correct": lets_in("E"),
        "POST /disclosure/items/{item_id}/keep": lets_in("UB"),
        "POST /disclosure/items/{item_id}/drop": lets_in("E"),
        "POST /disclosure/items/{item_id}/withdraw": lets_in("UB"),
        "POST /disclosure/items/{item_id}/purpose": lets_in("UECIB"),
        "GET /disclosure/catalogues": lets_in(SEES_ITEM),
        "GET /disclosure/feedback": lets_in("EC"),
        "POST /disclosure/feedback/{feedback_id}": lets_in("EC"),
        "GET /disclosure/fragments/todo": shows("E"),  # it waits to be masked
        "GET /disclosure/fragments/bell": shows("EC"),  # and what a citizen wrote, for both
        "POST /disclosure/fragments/search": shows(SEES_ITEM),
        "GET /disclosure/fragments/log": OWN,
        "GET /disclosure/fragments/case": shows(SEES_ITEM, of=SEES_ITEM),
        "GET /disclosure/api/items": shows(SEES_ITEM),
        "POST /disclosure/api/query-codes": SYSTEMS,
    },
    "tasks": {
        "GET /tasks/openapi.json": OFFICERS,
        "GET /tasks/log/checkpoint": READS_LOG,
        "POST /tasks/fragments/audit": lets_in("I"),
        "GET /tasks/log/vkey": READS_LOG,
        "GET /tasks/log/vkey-sm2": READS_LOG,
        "GET /tasks/log/witnesses": READS_LOG,
        "GET /tasks/log/{path:path}": READS_LOG,
        "GET /tasks/api/receipts/{entry_id}": lets_in(SEES_CASE),
        "GET /tasks/fragments/receipts": shows(SEES_CASE, of=SEES_CASE),
        "GET /tasks/": OFFICERS,
        "GET /tasks/task/{number}": OFFICERS,
        "POST /tasks/task/{number}/accept": lets_in("UM"),
        "POST /tasks/task/{number}/report": lets_in("UM"),
        "POST /tasks/task/{number}/verify": lets_in("I"),
        "GET /tasks/import": lets_in("M"),
        "POST /tasks/import": lets_in("M"),
        "GET /tasks/live": lets_in("MIBO"),
        "GET /tasks/live/stream": lets_in("MIBO"),
        "GET /tasks/cases": lets_in(SEES_CASE),
        "GET /tasks/cases/{case_ref}": lets_in(SEES_CASE),
        "GET /tasks/cases/{case_ref}/timeline.csv": lets_in(SEES_CASE),
        "GET /tasks/warnings": lets_in("HULMECIBO"),
        "GET /tasks/warnings/{warning_id}": lets_in("HULMECIBO"),
        "POST /tasks/warnings/{warning_id}/take": lets_in("UM"),  # addressed to the unit's head
        "POST /tasks/warnings/{warning_id}/explain": lets_in("UM"),
        "POST /tasks/warnings/{warning_id}/close": lets_in("IB"),
        "GET /tasks/events": lets_in("MIBO"),
        "GET /tasks/letters": lets_in("OA"),
        "GET /tasks/indicators/{code}": OFFICERS,
        "GET /tasks/fragments/todo": shows("U"),  # the warning is addressed to the unit's head
        "GET /tasks/fragments/bell": shows("U"),
        "POST /tasks/fragments/search": shows(SEES_CASE),
        "GET /tasks/fragments/log": OWN,
        "GET /tasks/api/events": lets_in("MIBO"),
        "GET /tasks/api/cases/{case_ref}": lets_in(SEES_CASE),
        "GET /tasks/api/warnings": lets_in("HULMECIBO"),
    },
    "gateway": {
        "GET /gateway/openapi.json": PUBLIC,
        "GET /gateway/log/checkpoint": READS_LOG,
        "POST /gateway/fragments/audit": lets_in("I"),
        "GET /audit": lets_in("I"),
        "POST /audit": lets_in("I"),
        "GET /gateway/log/vkey": READS_LOG,
        "GET /gateway/log/vkey-sm2": READS_LOG,
        "GET /gateway/log/witnesses": READS_LOG,
        "GET /gateway/log/{path:path}": READS_LOG,
        "GET /gateway/api/receipts/{entry_id}": lets_in("IB"),
        "GET /": PUBLIC,
        "GET /search": OFFICERS,
        "POST /search": OFFICERS,
        "GET /session/check": PUBLIC,
        "GET /session/sign-in": PUBLIC,
        "POST /session/sign-in": PUBLIC,
        "POST /session/sign-out": OFFICERS,
        "GET /session/first-password": PUBLIC,
        "POST /session/first-password": PUBLIC,
        "GET /my/account": OWN,
        "POST /my/password": OFFICERS,
        "POST /my/sign-out-everywhere": OFFICERS,
        "GET /my/log": OFFICERS,
        "GET /gateway/fragments/log": OWN,
        "GET /my/delegations": OWN,
        "POST /my/delegations": lets_in("UB"),
        "POST /my/delegations/{delegation_id}/end": lets_in("UB"),
        "GET /admin/": lets_in("A"),
        "GET /admin/accounts/{number}": lets_in("A"),
        "GET /admin/new-account": lets_in("A"),
        "POST /admin/new-account": lets_in("A"),
        "POST /admin/accounts/{number}/link": lets_in("A"),
        "POST /admin/accounts/{number}/open": lets_in("A"),
        "POST /admin/accounts/{number}/close": lets_in("A"),
        "POST /admin/accounts/{number}/roles/propose": lets_in("A"),
        "POST /admin/changes/{change_id}/approve": lets_in("A"),
        "POST /admin/changes/{change_id}/refuse": lets_in("A"),
        "GET /intake/catalogue": PUBLIC,
        "GET /intake/asyncapi.json": PUBLIC,
        "GET /intake/schemas/{event_type}/{major}": PUBLIC,
        "POST /intake/events": KEYS,
        "POST /intake/validate": KEYS,
    },
    "portal": {
        f"GET {path}": PUBLIC
        for path in (
            "/bundle",
            "/log/checkpoint",
            "/log/vkey",
            "/log/vkey-sm2",
            "/log/witnesses",
            "/log/{path:path}",
            "/receipts/{item_id}",
            "/r/{start}",
            "/r/{start}/code.svg",
        )
    }
    | {
        f"{method} {face}{path}": PUBLIC
        for face in ("", "/elder")
        for method, path in (
            ("GET", "/"),
            ("GET", "/list"),
            ("GET", "/withdrawn"),
            ("GET", "/items/{item_id}"),
            ("GET", "/verify"),
            ("GET", "/search"),
            ("POST", "/search"),
            ("GET", "/search/{name}"),
            ("GET", "/feedback"),
            ("POST", "/feedback"),
        )
    },
}
