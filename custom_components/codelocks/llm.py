"""Tools for language models: the intents, for the locks that are exposed, as the option allows.

A tool answers with data. Names and audit entries are other people's words: they come bounded and on
one line, as values, and never in a prompt, a description or a schema.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, override

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
import probatio as vol

from .assist.intent_base import ATTR_AREA, ATTR_LOCK
from .assist.issue_netcode import (
    ATTR_END,
    ATTR_MINUTES,
    ATTR_NAME,
    ATTR_START,
    MAX_MINUTES,
    IssueNetcode,
)
from .assist.last_entry import LastEntry
from .assist.locks import asked_entries, asked_locks
from .const import DOMAIN
from .intent import ActiveNetcodes, CallsLeft, LowBatteries
from .language.language import MAX_NAME, clean

_NAME = vol.All(str, vol.Length(min=1, max=MAX_NAME))
_MOMENT = vol.All(str, vol.Length(min=10, max=40))
_READS = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)
_LOCK: dict[Any, Any] = {
    vol.Optional(ATTR_LOCK, description="Name of the lock, or of the area it is in"): _NAME,
    vol.Optional(
        ATTR_AREA, description="Area of the lock, only where two locks have the same name"
    ): _NAME,
}


class CodelocksTool(Tool):
    """A tool that asks an intent."""

    integration = DOMAIN
    intent_type: ClassVar[str]

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
                self.intent_type,
                {key: {"value": value} for key, value in args.items()},
                context=llm_context.context,
                language=llm_context.language,
                assistant=llm_context.assistant,
                device_id=llm_context.device_id,
            )
        except (vol.Invalid, intent.IntentError) as err:
            return ToolResult(data={"error": clean(str(err), 200)}, error=True)
        if response.response_type is intent.IntentResponseType.ERROR:
            return ToolResult(data={"error": response.speech["plain"]["speech"]}, error=True)
        return ToolResult(data=response.speech_slots)


class LastEntryTool(CodelocksTool):
    """Tells who came in last; may take a call to the cloud."""

    name = f"{DOMAIN}__last_entry"
    title = "Who came in last"
    description = "Tells who opened a Codelocks lock last and when, as the lock's own record says."
    parameters = vol.Schema(_LOCK)
    annotations = replace(_READS, open_world=True)
    intent_type = LastEntry.intent_type


class LowBatteriesTool(CodelocksTool):
    """Tells which batteries are low."""

    name = f"{DOMAIN}__low_batteries"
    title = "Low lock batteries"
    description = "Tells which Codelocks locks have a low battery, or how that of one lock is."
    parameters = vol.Schema(_LOCK)
    annotations = _READS
    intent_type = LowBatteries.intent_type


class ActiveNetcodesTool(CodelocksTool):
    """Tells which codes are active, never the codes themselves."""

    name = f"{DOMAIN}__active_netcodes"
    title = "Active door codes"
    description = (
        "Lists for whom and until when door codes work at Codelocks locks now. "
        "The codes themselves are not told."
    )
    parameters = vol.Schema(_LOCK)
    annotations = _READS
    intent_type = ActiveNetcodes.intent_type


class CallsLeftTool(CodelocksTool):
    """Tells how many calls are left."""

    name = f"{DOMAIN}__calls_left"
    title = "Codelocks calls left"
    description = "Tells how many NetCode calls (one for each code) and other calls are left."
    annotations = _READS
    intent_type = CallsLeft.intent_type


class IssueNetcodeTool(CodelocksTool):
    """Makes a code: it costs a call, and opens a door."""

    name = f"{DOMAIN}__issue_netcode"
    title = "Make a door code"
    description = (
        "Makes a door code for a Codelocks lock, for a person and a time. "
        "It cannot be revoked and costs a paid call, so use it only when the user asks for a code. "
        "The result has the times at which it really works, and the code, or that it was sent."
    )
    parameters = vol.Schema(
        {
            **_LOCK,
            vol.Optional(ATTR_NAME, description="For whom the code is"): _NAME,
            vol.Optional(
                ATTR_START,
                description="From when, in ISO 8601 and local time; now if left out",
            ): _MOMENT,
            vol.Optional(
                ATTR_END,
                description="Until when, in ISO 8601 and local time; not together with minutes",
            ): _MOMENT,
            vol.Optional(
                ATTR_MINUTES, description="For how many minutes; 60 if no end is given"
            ): vol.All(vol.Coerce(int), vol.Range(min=1, max=MAX_MINUTES)),
        }
    )
    annotations = ToolAnnotations(
        read_only=False, destructive=False, idempotent=False, open_world=True
    )
    intent_type = IssueNetcode.intent_type


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools: none unless an account answers by voice, and has something exposed."""
    if api_id != LLM_API_ASSIST or not llm_context.assistant:
        return None
    tools: list[Tool] = []
    if locks := asked_locks(hass, llm_context.assistant):
        tools += [LastEntryTool(), LowBatteriesTool(), ActiveNetcodesTool()]
    if any(lock.may_issue for lock in locks):
        tools.append(IssueNetcodeTool())
    if asked_entries(hass, llm_context.assistant):
        tools.append(CallsLeftTool())
    return LLMTools(tools=tools) if tools else None
