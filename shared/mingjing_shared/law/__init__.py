"""Law as dated data: calendar, rules, deadlines, document and case numbers.

Everything here is pure: no clock, no I/O but reading the law files that are part of a package.
"""
