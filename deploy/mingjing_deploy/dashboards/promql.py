"""Expressions as all boards write them; `where` is what stands between the braces."""

WINDOW = "[$__rate_interval]"


def per_second(metric: str, by: str, where: str = "") -> str:
    """How fast a counter grows."""
    return f"sum by ({by}) (rate({_of(metric, where)}{WINDOW}))"


def per_minute(metric: str, by: str, where: str = "") -> str:
    """How much a counter grows in a minute."""
    return f"{per_second(metric, by, where)} * 60"


def counted(metric: str, by: str, where: str = "") -> str:
    """How fast grows what several processes read off one server: as fast as any of them says."""
    return f"max by ({by}) (rate({_of(metric, where)}{WINDOW}))"


def within(share: float, metric: str, by: str = "", where: str = "") -> str:
    """Within how much so large a share stays, of the histogram's observations."""
    labels = f"{by}, le" if by else "le"
    return f"histogram_quantile({share}, {per_second(f'{metric}_bucket', labels, where)})"


def largest(metric: str, by: str, where: str = "") -> str:
    """The largest that any process says."""
    return f"max by ({by}) ({_of(metric, where)})"


def total(metric: str, by: str = "", where: str = "") -> str:
    """All together."""
    return f"sum by ({by}) ({_of(metric, where)})" if by else f"sum({_of(metric, where)})"


def _of(metric: str, where: str) -> str:
    return f"{metric}{{{where}}}" if where else metric
