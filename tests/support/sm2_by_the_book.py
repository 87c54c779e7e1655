"""SM2 with SM3 as GB/T 32918.2-2016 and 32918.5-2017 write it: slow, plain, and nobody's library.

What GmSSL signs is verified by this, and the other way round.
"""

from cryptography.hazmat.primitives import hashes

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
ID = b"1234567812345678"


def sm3(message):
    whole = hashes.Hash(hashes.SM3())
    whole.update(message)
    return whole.finalize()


def added(one, other):
    """The sum of two points; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P) if one == other else None
    if slope is None:
        slope = (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(number, point):
    found = None
    for bit in f"{number:b}":
        found = added(found, found)
        if bit == "1":
            found = added(found, point)
    return found


def z_of(public, signer_id=ID):
    """Z_A of 32918.2, 5.5."""
    numbers = (A, B, *G, *public)
    bits = (8 * len(signer_id)).to_bytes(2)
    return sm3(bits + signer_id + b"".join(one.to_bytes(32) for one in numbers))


def digest(message, public, signer_id=ID):
    return int.from_bytes(sm3(z_of(public, signer_id) + message))


def signed(message, secret, k, signer_id=ID):
    """r and s (32918.2, 6.1), with k given."""
    r = (digest(message, times(secret, G), signer_id) + times(k, G)[0]) % N
    s = pow(1 + secret, -1, N) * (k - r * secret) % N
    assert 0 not in (r, s, (r + k) % N)
    return r, s


def verifies(message, public, r, s, signer_id=ID):
    """Whether r and s sign the message (32918.2, 7.1)."""
    if not (0 < r < N and 0 < s < N and (r + s) % N):
        return False
    point = added(times(s, G), times((r + s) % N, public))
    return point is not None and (digest(message, public, signer_id) + point[0]) % N == r
