"""How long a text message is, as the networks count. Pure.

A text of the alphabet GSM 7-bit (3GPP TS 23.038) has room for 160 units, and a few of its
characters take two. A single other character makes the whole text UCS-2, with room for 70.
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWO_UNITS = frozenset("\f^{}\\[~]|€")

LONGEST_GSM = 160
LONGEST_UCS_2 = 70


def fits_one_message(text: str) -> bool:
    """Return whether a text is sent as one message."""
    if set(text) <= _BASIC | _TWO_UNITS:
        return sum(2 if character in _TWO_UNITS else 1 for character in text) <= LONGEST_GSM
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_UCS_2
