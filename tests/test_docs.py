"""The documentation is held against the code: its examples, its links, and what it leaves out."""

from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

import pytest
import voluptuous as vol
import yaml

from custom_components.codelocks.audit import EVENT_TYPES
from custom_components.codelocks.client_services import ACTIONS as CLIENT_ACTIONS
from custom_components.codelocks.const import DOMAIN, LOCK_MODELS_SHOWN
from custom_components.codelocks.services import ACTIONS as OTHER_ACTIONS
from tests.codes import COMPONENT, ENGLISH
