"""A publisher's share fills steadily and empties by use."""

from mingjing_gateway.rules.rate import Bucket


def test_nothing_is_taken_when_the_share_is_used_up():
    bucket = Bucket(per_second=10, most=20)
    assert bucket.take(20, now=100) == 0
    assert bucket.take(5, now=100) == 0.5
    assert bucket.take(5, now=100) == 0.5


def test_the_share_comes_back_with_time_and_never_grows_past_its_size():
    bucket = Bucket(per_second=10, most=20)
    assert bucket.take(20, now=100) == 0
    assert bucket.take(5, now=100.5) == 0
    assert bucket.take(20, now=1000) == 0
    assert bucket.take(1, now=1000) == 0.1


def test_more_than_the_share_holds_is_taken_from_a_full_one():
    bucket = Bucket(per_second=10, most=20)
    assert bucket.take(50, now=100) == 0
    assert bucket.take(1, now=100) == 3.1
