"""What can be wrong when law is asked: leaves of the family in `mingjing_shared.errors`.

InvalidInput
└── LawError             a question about law that has no answer
    ├── BadStart         a period cannot start there (a date where an instant is needed, year 9999)
    ├── BadCaseNumber    a case number that cannot be a key
    ├── NoCalendar       a day before the first year of which we hold the holiday notice
    └── NoRuleInForce    no version of the rule covers the day: never a zero, never a guess
Misconfigured
└── BadLawFile           a law file breaks its own form: found when it is loaded, never later
"""

from mingjing_shared.errors import InvalidInput, Misconfigured


class LawError(InvalidInput):
    """A question about law that has no answer; the message is Chinese and may be shown."""

    code = "law"


class BadStart(LawError):
    """A period cannot start there; the message names what is accepted."""

    code = "law-bad-start"


class BadCaseNumber(LawError):
    """A case number that is empty or too long to be a key."""

    code = "law-bad-case-number"


class NoCalendar(LawError):
    """We hold no holiday notice that old; the message names the first year we hold."""

    code = "law-no-calendar"


class NoRuleInForce(LawError):
    """No version of the rule is in force on that day; the message names both."""

    code = "law-no-rule-in-force"


class BadLawFile(Misconfigured):
    """A law file cannot be used; the message names file, rule and version."""

    code = "law-bad-file"
