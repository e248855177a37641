"""Adding and changing somebody who visits on the same days each week."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.helpers.selector import (
    DateSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TimeSelector,
)
import probatio

from ..api import DAYS
from ..bookings.values import read_day
from ..const import (
    CONF_DAYS,
    CONF_ENDS,
    CONF_FIRST_DAY,
    CONF_LAST_DAY,
    CONF_LEAD,
    CONF_STARTS,
)
from .guests import WHO, GuestsFlow, telling, telling_error


class VisitorFlow(GuestsFlow):
    """Adds and changes a regular visitor."""

    schema = probatio.Schema(
        {
            **WHO,
            # Without a default, forms begin with the first day chosen.
            probatio.Required(CONF_DAYS, default=[]): SelectSelector(
                SelectSelectorConfig(
                    options=list(DAYS),
                    translation_key="day",
                    multiple=True,
                    mode=SelectSelectorMode.LIST,
                )
            ),
            probatio.Required(CONF_STARTS, default="09:00:00"): TimeSelector(),
            probatio.Required(CONF_ENDS, default="12:00:00"): TimeSelector(),
            probatio.Optional(CONF_FIRST_DAY): DateSelector(),
            probatio.Optional(CONF_LAST_DAY): DateSelector(),
            **telling(1),
        }
    )

    @override
    def errors(self, data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong, by field."""
        errors: dict[str, str] = {}
        if not data[CONF_DAYS]:
            errors[CONF_DAYS] = "day_required"
        first, last = data.get(CONF_FIRST_DAY), data.get(CONF_LAST_DAY)
        if first and last and read_day(last) < read_day(first):
            errors[CONF_LAST_DAY] = "last_before_first"
        if error := telling_error(data):
            errors[CONF_LEAD if error == "lead_too_long" else "message"] = error
        return errors
