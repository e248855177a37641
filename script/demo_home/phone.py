"""The demo's phone, a notify entity, and what arrived there."""

from .session import Session

PHONE = "notify.phone_of_anna"
TITLE = "Phone of Anna"
"""Of the notifications that show its messages."""


async def read_messages(user: Session) -> list[str]:
    """Return the phone's messages, oldest first."""
    async with user.socket() as socket:
        shown = await socket.ask("persistent_notification/get")
    messages = [one for one in shown if one["title"] == TITLE]
    return [str(one["message"]) for one in sorted(messages, key=lambda one: one["created_at"])]
