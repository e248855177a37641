"""Tools for language models: the intents, for the locks that are exposed, as the option allows.

A tool answers with data. Names and audit entries are other people's words: they come bounded and on
one line, as values, and never in a prompt, a description or a schema.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, override

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import intent
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
import probatio

from .account import CodelocksConfigEntry
from .assist.active_netcodes import ActiveNetcodes
from .assist.calls_left import CallsLeft
from .assist.intent_base import ATTR_AREA, ATTR_LOCK
from .assist.issue_netcode import (
    ATTR_END,
    ATTR_LOCKS,
    ATTR_MINUTES,
    ATTR_START,
    MAX_MINUTES,
    IssueNetcode,
)
from .assist.kept_codes import ATTR_NAME
from .assist.last_entry import LastEntry
from .assist.locks import AskedLock, asked_entries, asked_locks
from .assist.low_batteries import LowBatteries
from .assist.netcode_end import NetcodeEnd
from .assist.say_netcode import SayNetcode
from .assist.withdraw_netcode import WithdrawNetcode
from .const import DOMAIN
from .language.language import MAX_NAME, clean

_NAME = probatio.All(str, probatio.Length(min=1, max=MAX_NAME))
_MOMENT = probatio.All(str, probatio.Length(min=10, max=40))
_READS = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)
_LOCK: dict[Any, Any] = {
    probatio.Optional(ATTR_LOCK, description="Name of the lock, or of the area it is in"): _NAME,
    probatio.Optional(
        ATTR_AREA, description="Area of the lock, only where two locks have the same name"
    ): _NAME,
}
_CODE: dict[Any, Any] = {
    probatio.Optional(ATTR_NAME, description="For whom the code is, in the user's words"): _NAME,
    **_LOCK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolDescription:
    """What a model is told of a tool, and the intent that it asks."""

    key: str
    intent_type: str
    title: str
    description: str
    parameters: Mapping[Any, Any]
    annotations: ToolAnnotations = _READS
    has_fn: Callable[[Sequence[AskedLock], Sequence[CodelocksConfigEntry]], bool] = (
        lambda locks, _: bool(locks)
    )
    """Whether there is such a tool, for the locks and accounts that may be asked about."""


def _any_may_issue(locks: Sequence[AskedLock], _: Sequence[CodelocksConfigEntry]) -> bool:
    """Return whether codes may be told or changed at any of the locks."""
    return any(lock.may_issue for lock in locks)


TOOLS = (
    ToolDescription(
        key="last_entry",
        intent_type=LastEntry.intent_type,
        title="Who came in last",
        description=(
            "Tells who opened a Codelocks lock last and when, as the lock's own record says."
        ),
        parameters=_LOCK,
        annotations=replace(_READS, open_world=True),  # it may take a call to the cloud
    ),
    ToolDescription(
        key="low_batteries",
        intent_type=LowBatteries.intent_type,
        title="Low lock batteries",
        description=(
            "Tells which Codelocks locks have a low battery, or the battery state of one lock."
        ),
        parameters=_LOCK,
    ),
    ToolDescription(
        key="active_netcodes",
        intent_type=ActiveNetcodes.intent_type,
        title="Active door codes",
        description=(
            "Lists for whom and until when door codes work at Codelocks locks now. "
            "The codes themselves are not told."
        ),
        parameters=_LOCK,
    ),
    ToolDescription(
        key="issue_netcode",
        intent_type=IssueNetcode.intent_type,
        title="Make a door code",
        description=(
            "Makes a door code for a Codelocks lock, or one for each of several locks at once, for "
            "a person and a time. Codes cannot be revoked, and each costs a paid call, so use it "
            "only when the user asks for a code. The result has the times at which they really "
            "work, and the codes, or that they were sent."
        ),
        parameters={
            **_LOCK,
            probatio.Optional(
                ATTR_LOCKS, description="Names of several locks, in place of lock and area"
            ): [_NAME],
            probatio.Optional(ATTR_NAME, description="For whom the code is"): _NAME,
            probatio.Optional(
                ATTR_START,
                description="From when, in ISO 8601 and local time; now if left out",
            ): _MOMENT,
            probatio.Optional(
                ATTR_END,
                description="Until when, in ISO 8601 and local time; not together with minutes",
            ): _MOMENT,
            probatio.Optional(
                ATTR_MINUTES, description="For how many minutes; 60 if no end is given"
            ): probatio.All(probatio.Coerce(int), probatio.Range(min=1, max=MAX_MINUTES)),
        },
        annotations=ToolAnnotations(
            read_only=False, destructive=False, idempotent=False, open_world=True
        ),
        has_fn=_any_may_issue,
    ),
    ToolDescription(
        key="netcode_end",
        intent_type=NetcodeEnd.intent_type,
        title="End of a door code",
        description=(
            "Tells from when and until when somebody's door code works at Codelocks locks, by the "
            "person's name, the lock, or both. The code itself is not told."
        ),
        parameters=_CODE,
    ),
    ToolDescription(
        key="say_netcode",
        intent_type=SayNetcode.intent_type,
        title="Tell a door code again",
        description=(
            "Tells a door code that was made before again, by the person's name, the lock, or "
            "both. Use it only when the user asks for the code. The result has the code, or "
            "whether it was sent."
        ),
        parameters=_CODE,
        # Where codes are sent, each use sends a message.
        annotations=replace(_READS, read_only=False, idempotent=False),
        has_fn=_any_may_issue,
    ),
    ToolDescription(
        key="withdraw_netcode",
        intent_type=WithdrawNetcode.intent_type,
        title="Withdraw a door code",
        description=(
            "Marks somebody's door code as withdrawn at all locks it was made for. It still opens "
            "them until its end: the result says until when, and how to block it at the lock. Use "
            "it only when the user asks for it."
        ),
        parameters=_CODE,
        annotations=ToolAnnotations(
            read_only=False, destructive=True, idempotent=True, open_world=False
        ),
        has_fn=_any_may_issue,
    ),
    ToolDescription(
        key="calls_left",
        intent_type=CallsLeft.intent_type,
        title="Codelocks calls left",
        description="Tells how many NetCode calls (one for each code) and other calls are left.",
        parameters={},
        has_fn=lambda _, entries: bool(entries),
    ),
)


class CodelocksTool(Tool):
    """A tool that asks an intent."""

    integration = DOMAIN

    def __init__(self, description: ToolDescription) -> None:
        """Take what a model is told of it."""
        self.name = f"{DOMAIN}__{description.key}"
        self.title = description.title
        self.description = description.description
        self.parameters = probatio.Schema(description.parameters)
        self.annotations = description.annotations
        self._intent_type = description.intent_type

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Ask the intent; any error is returned as data."""
        try:
            args: Mapping[str, Any] = self.parameters(
                {
                    key: value
                    for key, value in tool_input.tool_args.items()
                    if not intent.is_blank_slot_value(value)
                }
            )
            response = await intent.async_handle(
                hass,
                llm_context.platform,
                self._intent_type,
                {key: {"value": value} for key, value in args.items()},
                context=llm_context.context,
                language=llm_context.language,
                assistant=llm_context.assistant,
                device_id=llm_context.device_id,
            )
        except (probatio.Invalid, intent.IntentError) as err:
            return ToolResult(data={"error": clean(str(err), 200)}, error=True)
        if response.response_type is intent.IntentResponseType.ERROR:
            return ToolResult(data={"error": response.speech["plain"]["speech"]}, error=True)
        return ToolResult(data=response.speech_slots)


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools: none unless an account answers by voice, and has something exposed."""
    if api_id != LLM_API_ASSIST or not llm_context.assistant:
        return None
    locks = asked_locks(hass, llm_context.assistant)
    entries = asked_entries(hass, llm_context.assistant)
    tools: list[Tool] = [CodelocksTool(one) for one in TOOLS if one.has_fn(locks, entries)]
    return LLMTools(tools=tools) if tools else None
