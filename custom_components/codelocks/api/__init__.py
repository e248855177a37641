"""A client of the Codelocks Connect API, without Home Assistant.

async with aiohttp.ClientSession() as session:
    client = CodelocksClient(session, api_key, access_key)
    for lock in (await client.locks()).locks:
        print(lock.name, lock.battery_status)
"""

from .client import CodelocksClient
from .errors import (
    CodelocksAccessKeyError,
    CodelocksAuthError,
    CodelocksBudgetError,
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksRejectedError,
    CodelocksResponseError,
    CodelocksThrottledError,
)
from .models import (
    ALWAYS,
    DAYS,
    INITIALISED_MODELS,
    K3_LOCK_MODEL,
    LOCK_MODELS,
    MAX_ACTIVE_PERIODS,
    MAX_EMAIL,
    MAX_LOCKS,
    AccessType,
    Account,
    ActivePeriod,
    AuditEntry,
    AuditOrder,
    Client,
    Duration,
    DurationDetails,
    DurationRule,
    Initialisation,
    Lock,
    LockList,
    Mode,
    Netcode,
    Pool,
    WriteResult,
)
from .transport import DEFAULT_NETCODE_VERSION, DEFAULT_URL, NETCODE_VERSIONS
from .words import masked

__all__ = [
    "ALWAYS",
    "DAYS",
    "DEFAULT_NETCODE_VERSION",
    "DEFAULT_URL",
    "INITIALISED_MODELS",
    "K3_LOCK_MODEL",
    "LOCK_MODELS",
    "MAX_ACTIVE_PERIODS",
    "MAX_EMAIL",
    "MAX_LOCKS",
    "NETCODE_VERSIONS",
    "AccessType",
    "Account",
    "ActivePeriod",
    "AuditEntry",
    "AuditOrder",
    "Client",
    "CodelocksAccessKeyError",
    "CodelocksAuthError",
    "CodelocksBudgetError",
    "CodelocksClient",
    "CodelocksConnectionError",
    "CodelocksError",
    "CodelocksQuotaError",
    "CodelocksRejectedError",
    "CodelocksResponseError",
    "CodelocksThrottledError",
    "Duration",
    "DurationDetails",
    "DurationRule",
    "Initialisation",
    "Lock",
    "LockList",
    "Mode",
    "Netcode",
    "Pool",
    "WriteResult",
    "masked",
]
