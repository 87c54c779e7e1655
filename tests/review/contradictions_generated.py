"""Made-up cases from a seed, each lawful or with one planted contradiction, and what it is.

Imports no rule: what is lawful here is written anew. A case is events as publishers tell them.
"""

from datetime import date, datetime, timedelta, timezone
from random import Random

ZONE = timezone(timedelta(hours=8))
KINDS_OF_CASE = ("public_security", "traffic", "cyber", "exit_entry", "security_services")
ON_SITE = ("inspection", "search", "scene_examination", "identification")
TAKING = ("seizure", "detention_of_goods", "sealing", "registered_preservation")
HOLIDAYS_OFTEN = {1, 2, 4, 5, 6, 9, 10}  # months in which days off move; counted days avoid them
EACH, LAWFUL = 12, 180


class Case:
    """One case while it is written: events by name, and what was planted."""

    def __init__(self, number, rng):
        self.rng = rng
        self.number = number
        self.events = {}
        month = rng.choice([m for m in range(1, 13) if m not in HOLIDAYS_OFTEN])
        self.first = date(rng.choice((2025, 2026)), month, rng.randint(2, 6))
        self.kind = rng.choice(KINDS_OF_CASE)
        self.officers = rng.sample([f"{n:06}" for n in range(100001, 100060)], 2)
        self.others = rng.sample([f"{n:06}" for n in range(200001, 200060)], 2)
        self.leader = f"{rng.randint(300001, 300050):06}"
        self.planted = []

    def at(self, day, hour, minute=0):
        moment = datetime(self.first.year, self.first.month, self.first.day, tzinfo=ZONE)
        return (moment + timedelta(days=day, hours=hour, minutes=minute)).isoformat()

    def on(self, day):
        return (self.first + timedelta(days=day)).isoformat()

    def tell(self, name, event, when, /, **data):
        if event not in {"officer.changed", "unit.changed"}:
            data.setdefault("case_number", f"测公（治）受案字〔2026〕{self.number}号")
        self.events[name] = {
            "id": f"g{self.number}-{name}", "source": "/huainan/casework",
            "type": f"cn.mingjing.{event}", "time": when, "data": data,
        }  # fmt: skip

    def change(self, name, **data):
        self.events[name]["data"] |= data

    def plant(self, kind, *names):
        facts = [self.events[name]["id"] for name in names]
        self.planted.append({"kind": kind, "facts": facts})

    def officer(self, number, **changes):
        data = {
            "police_number": number, "name": "民警", "unit": "340400000000", "posts": ["民警"],
            "valid_from": "2019-01-01", "enforcement_certificate": f"皖{number}",
            "qualification_valid_until": "2027-12-31",
        }  # fmt: skip
        self.tell(f"o{number}", "officer.changed", self.at(-30, 9), **{**data, **changes})

    def act(self, name, kind, begin, minutes, officers=None, /, **data):
        day, hour, minute = (*begin, 0)[:3]
        given = {"place_kind": "on_site", "action_id": f"A{self.number}-{name}", **data}
        self.tell(
            name, "action.performed", self.at(day, hour, minute), kind=kind,
            started_at=self.at(day, hour, minute), ended_at=self.at(day, hour, minute + minutes),
            officers=officers or self.officers, **given,
        )  # fmt: skip

    def paper(self, name, kind, begin, **data):
        given = {
            "document_number": f"测公（治）{name}字〔2026〕{self.number}号", "kind": kind,
            "title": kind, "made_at": self.at(*begin),
        }  # fmt: skip
        self.tell(name, "document.made", self.at(*begin), **{**given, **data})

    def stay(self, name, begin, end, person="P1", room="询问室一"):
        self.tell(f"{name}-in", "case_area.entered", self.at(*begin), person_ref=person,
                  at=self.at(*begin), room=room)  # fmt: skip
        if end:
            self.tell(f"{name}-out", "case_area.left", self.at(*end), person_ref=person,
                      at=self.at(*end), room=room)  # fmt: skip

    def film(self, name, begin, minutes, officer, **data):
        day, hour, minute = (*begin, 0)[:3]
        self.tell(
            name, "footage.captured", self.at(day, hour, minute),
            footage_id=f"F{self.number}-{name}", serial="R1", officer=officer,
            started_at=self.at(day, hour, minute),
            ended_at=self.at(day, hour, minute + minutes), **data,
        )  # fmt: skip

    def hearing(self, begin, officers=None):
        for number in [*self.others, self.leader]:
            self.officer(number)
        self.act("hearing", "hearing", begin, 60, officers or self.others, place_kind="window")

    @property
    def told(self):
        return {"id": f"G{self.number}", "events": list(self.events.values()),
                "planted": self.planted}  # fmt: skip


def lawful(number, rng):
    """A case in which nothing is wrong."""
    case = Case(number, rng)
    for officer in case.officers:
        case.officer(officer)
    party = {"kind": "person", "name": "某人", "role": "penalised",
             "birth_date": f"{rng.randint(1960, 2000)}-05-0{rng.randint(1, 9)}"}  # fmt: skip
    case.tell("accepted", "case.accepted", case.at(0, 8), kind=case.kind,
              cause={"code": "1", "name": "案由"}, procedure="ordinary", unit="340400000000",
              handlers=case.officers, accepted_at=case.at(0, 8), parties=[party])  # fmt: skip
    case.stay("stay", (1, 9), (1, 18))
    begin = (1, rng.randint(10, 12), rng.randint(0, 59))
    case.act("ask", "questioning", begin, rng.randint(20, 200), place_kind="case_area")
    case.act("site", rng.choice(ON_SITE), (2, rng.randint(9, 16)), rng.randint(5, 55))
    case.act("notice", "notice", (5, rng.randint(9, 16)), 20)
    case.tell("made", "decision.made", case.at(7, 10), decision_id=f"D{number}",
              document_number=f"测公行罚决字〔2026〕{number}号", kind="penalty",
              basis=[{"law": "法", "article": "1"}], outcome={"kinds": ["fine"], "fine": "300"},
              made_on=case.on(7), approved_by=case.leader, unit="340400000000",
              offence_from=case.on(-rng.randint(0, 20)))  # fmt: skip
    case.tell("served", "decision.served", case.at(8, 10), decision_id=f"D{number}",
              served_on=case.on(8), method="direct")  # fmt: skip
    case.tell("paid", "fine.paid", case.at(9, 10), decision_id=f"D{number}", amount="300",
              paid_on=case.on(9), bank_ref="B")  # fmt: skip
    case.tell("ended", "enforcement.ended", case.at(20, 16), ended_on=case.on(20),
              reason="executed")  # fmt: skip
    return case


def _officer_twice(case):
    case.act("beside", "search", (1, 10), 300, [case.officers[0], case.officers[1]])
    case.events.pop("site")
    begin = case.events["ask"]["data"]["started_at"]
    case.change("beside", started_at=begin)
    case.plant("officer_twice", "ask", "beside")


def _act_backwards(case):
    case.act("odd", "dispatch", (3, 15), -case.rng.randint(1, 90))
    case.plant("act_backwards", "odd")


def _few_officers(case):
    case.change("site", officers=case.officers[:1])
    case.plant("few_officers", "site")


def _unqualified(case):
    who = case.rng.choice(case.officers)
    how = case.rng.choice([{"active": False}, {"qualification_valid_until": case.on(-1)}])
    case.officer(who, **how)
    for act in ("ask", "site", "notice"):
        case.plant("unqualified", act, f"o{who}")


def _questioned_too_long(case):
    case.stay("stay", (1, 8), (1, 23))
    case.act("ask", "questioning", (1, 9), 480 + case.rng.randint(1, 200), place_kind="case_area")
    case.plant("questioned_too_long", "ask")


def _before_acceptance(case):
    case.act("early", case.rng.choice(("inspection", "search", "sampling")), (-1, 15), 30)
    case.plant("before_acceptance", "early", "accepted")


def _hearing_too_soon(case):
    case.paper("call", "听证通知书", (1, 9))
    case.hearing((4, 9))
    case.plant("hearing_too_soon", "call", "hearing")


def _investigator_at_hearing(case):
    case.hearing((6, 9), [case.officers[0], case.leader])
    case.plant("investigator_at_hearing", "hearing", "accepted")
    case.plant("investigator_at_hearing", "hearing", "ask")
    case.plant("investigator_at_hearing", "hearing", "site")


def _recorded_elsewhere(case):
    day = (2, 8)
    case.film("film", day, 700, case.officers[0], case_number="别的案件1号")
    case.plant("recorded_elsewhere", "film", "site")


def _not_shown(case):
    case.change("site", told={"certificate_shown": False, "reason": True})
    case.plant("not_shown", "site")


def _act_after_end(case):
    case.act("late", "inspection", (20 + case.rng.randint(1, 9), 10), 20)
    case.plant("act_after_end", "late", "ended")


def _person_twice(case):
    case.stay("beside", (1, 12), (1, 13), room="询问室二")
    case.plant("person_twice", "stay-in", "beside-in")


def _stay_too_long(case):
    case.stay("long", (3, 9), (4, 9, case.rng.randint(1, 59)), person="P2")
    case.plant("stay_too_long", "long-in", "long-out")


def _questioned_outside(case):
    case.stay("stay", (1, 14), (1, 18))
    case.act("ask", "questioning", (1, 9), case.rng.randint(20, 200), place_kind="case_area")
    case.plant("questioned_outside", "ask")


def _seized_without_list(case):
    case.act("take", case.rng.choice(TAKING), (3, 10), 20)
    case.plant("seized_without_list", "take")


def _returned_before_taken(case):
    about = {"property_id": f"W{case.number}", "keeper": "保管室"}
    case.tell("in", "property.registered", case.at(3, 12), at=case.at(3, 12), **about)
    what = case.rng.choice(("returned", "disposed"))
    case.tell("out", f"property.{what}", case.at(3, 11), at=case.at(3, 11), **about)
    case.plant("returned_before_taken", "in", "out")


def _notice_missing(case):
    case.events.pop("notice")
    case.plant("notice_missing", "made")


def _notice_after(case):
    case.act("notice", "notice", (7 + case.rng.randint(1, 5), 9), 20)
    case.plant("notice_after", "notice", "made")


def _served_early(case):
    case.change("served", served_on=case.on(7 - case.rng.randint(1, 3)))
    case.plant("served_early", "served", "made")


def _served_late(case):
    case.change("served", served_on=case.on(7 + 13 + case.rng.randint(0, 5)))
    case.plant("served_late", "served", "made")


def _over_ceiling(case):
    case.events.pop("paid")
    days = case.rng.randint(21, 40)
    case.change("made", outcome={"kinds": ["detention"], "detention_days": days})
    case.plant("over_ceiling", "made")


def _simple_over_limit(case):
    case.change("accepted", procedure="simple")
    case.change("made", outcome={"kinds": ["fine"], "fine": "501"})
    case.plant("simple_over_limit", "made", "accepted")


def _station_over_power(case):
    case.change("accepted", kind="public_security")
    case.tell("unit", "unit.changed", case.at(-40, 9), code="340400000099", name="某派出所",
              level="police_station", parent="340400000000", head=case.leader)  # fmt: skip
    fine = str(1001 + case.rng.randint(0, 2000))
    case.change("made", unit="340400000099", outcome={"kinds": ["fine"], "fine": fine})
    case.plant("station_over_power", "made")


def _limitation_passed(case):
    case.change("made", offence_from=case.on(-800 - case.rng.randint(0, 300)))
    case.plant("limitation_passed", "made", "accepted")


def _hearing_after_decision(case):
    case.hearing((7 + case.rng.randint(1, 4), 9))
    case.plant("hearing_after_decision", "hearing", "made")


def _handler_approved(case):
    case.change("made", approved_by=case.rng.choice(case.officers))
    case.plant("handler_approved", "made", "accepted")


def _case_too_long(case):
    case.change("accepted", accepted_at=case.at(-84 - case.rng.randint(0, 40), 9))
    case.plant("case_too_long", "accepted", "made")
    case.change("made", offence_from=case.on(-140))


def _child_punished(case):
    offence = date.fromisoformat(case.events["made"]["data"]["offence_from"])
    born = offence.replace(year=offence.year - 14) + timedelta(days=case.rng.randint(2, 300))
    party = {"kind": "person", "name": "某人", "role": "penalised", "birth_date": born.isoformat()}
    case.change("accepted", parties=[party])
    case.plant("child_punished", "made", "accepted")


def _decided_after_end(case):
    case.change("ended", ended_on=case.on(6))
    case.plant("decided_after_end", "made", "ended")


def _paid_before_decision(case):
    case.change("paid", paid_on=case.on(7 - case.rng.randint(1, 5)))
    case.plant("paid_before_decision", "paid", "made")


def _paid_other_sum(case):
    case.change("paid", amount=f"300.{case.rng.randint(1, 99):02}")
    case.plant("paid_other_sum", "paid", "made")


def _record_before_act(case):
    case.paper("record", "笔录", (2, 8), document_number="笔录一号")
    case.change("site", documents=["笔录一号"])
    case.plant("record_before_act", "record", "site")


def _number_twice(case):
    case.paper("one", "证明", (3, 9), document_number="测公证字〔2026〕5号")
    case.paper("two", "回执", (3, 10), document_number="测公证字[2026]5号")
    case.plant("number_twice", "one", "two")


def _number_out_of_order(case):
    number = case.rng.randint(5, 900)
    case.paper("one", "证明", (4, 9), document_number=f"测公证字〔2026〕{number}号")
    case.paper("two", "证明", (3, 9), document_number=f"测公证字〔2026〕{number + 1}号")
    case.plant("number_out_of_order", "one", "two")


def _one_officer(case):
    case.change("accepted", kind="public_security")
    case.change("ask", officers=case.officers[:1])
    if case.first.year < 2026:
        case.plant("few_officers", "ask")
    else:
        case.plant("one_officer_unrecorded", "ask")


PLANTS = {
    "officer_twice": _officer_twice, "act_backwards": _act_backwards,
    "few_officers": _few_officers, "one_officer_unrecorded": _one_officer,
    "unqualified": _unqualified, "questioned_too_long": _questioned_too_long,
    "before_acceptance": _before_acceptance, "hearing_too_soon": _hearing_too_soon,
    "investigator_at_hearing": _investigator_at_hearing,
    "recorded_elsewhere": _recorded_elsewhere, "not_shown": _not_shown,
    "act_after_end": _act_after_end, "person_twice": _person_twice,
    "stay_too_long": _stay_too_long, "questioned_outside": _questioned_outside,
    "seized_without_list": _seized_without_list,
    "returned_before_taken": _returned_before_taken, "notice_missing": _notice_missing,
    "notice_after": _notice_after, "served_early": _served_early, "served_late": _served_late,
    "over_ceiling": _over_ceiling, "simple_over_limit": _simple_over_limit,
    "station_over_power": _station_over_power, "limitation_passed": _limitation_passed,
    "hearing_after_decision": _hearing_after_decision, "handler_approved": _handler_approved,
    "case_too_long": _case_too_long, "child_punished": _child_punished,
    "decided_after_end": _decided_after_end, "paid_before_decision": _paid_before_decision,
    "paid_other_sum": _paid_other_sum, "record_before_act": _record_before_act,
    "number_twice": _number_twice, "number_out_of_order": _number_out_of_order,
}  # fmt: skip


def cases(seed=1):
    """All cases of a seed: each kind so often, and the lawful ones."""
    rng = Random(seed)
    wanted = [*(kind for kind in PLANTS for _ in range(EACH)), *[None] * LAWFUL]
    found = []
    for number, kind in enumerate(wanted, 1):
        case = lawful(number, rng)
        if kind is not None:
            PLANTS[kind](case)
        found.append(case.told)
    return found
