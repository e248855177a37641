"""The configuration folder of the demo's Home Assistant."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.util import find_spec
import json
from pathlib import Path
import shutil
from typing import Any

from .console import DemoError

CHECKOUT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"

CONFIGURATION = """\
# Written by script/demo at each start. The http settings are in .storage/http.
homeassistant:
  name: Harbour House
  latitude: 51.4545
  longitude: -2.5879
  elevation: 11
  radius: 100
  unit_system: metric
  time_zone: Europe/London
  currency: GBP
  country: GB
  language: en

config:
conversation:
demo_phone:
file_upload:
history:
logbook:
recorder:

logger:
  default: warning
  logs:
    custom_components.codelocks: debug
    # What this machine may lack, and the demo does not need.
    haffmpeg: critical
    homeassistant.components.camera.img_util: critical
"""
VOICE_PIPELINE = "assist_pipeline:\n"
"""Its requirements need a C++ compiler: script/setup leaves them out if there is none."""

LINKED = {
    "custom_components/codelocks": "custom_components/codelocks",
    "custom_components/demo_phone": "script/demo_home/demo_phone",
}
"""Folders of the checkout that the demo shows as they are: where, and which."""
BLUEPRINTS = "blueprints/automation/codelocks"
"""They are linked one by one: Home Assistant lists none from a folder that is a link."""

ONBOARDED = ["core_config", "analytics", "integration"]
"""All steps except the user: they would set up integrations that use the internet."""


class DemoFolder:
    """A folder that Home Assistant runs in, and what the demo notes about it."""

    def __init__(self, path: Path) -> None:
        """Take the folder; nothing is written yet."""
        self.path = path.resolve()
        self.log = self.path / "console.log"
        self.cloud = self.path / "cloud.json"
        self._notes = self.path / "demo.json"

    @property
    def prepared(self) -> bool:
        """Whether a demo ran here before."""
        return self._notes.exists()

    @property
    def notes(self) -> dict[str, Any]:
        """What was noted about the folder."""
        notes: dict[str, Any] = json.loads(self._notes.read_text()) if self.prepared else {}
        return notes

    def note(self, **notes: Any) -> None:
        """Note more."""
        self._notes.write_text(json.dumps(self.notes | notes, indent=2))

    @property
    def born(self) -> datetime:
        """When the simulated world began."""
        return datetime.fromisoformat(self.notes["born"])

    @property
    def simulator_port(self) -> int:
        """The port that the config entry in this folder points to."""
        return int(self.notes["simulator_port"])

    def forget(self) -> None:
        """Delete what an earlier demo left here."""
        if self.prepared:
            shutil.rmtree(self.path)

    def prepare(self, *, port: int, simulator_port: int) -> None:
        """Write the configuration; refuse a folder that is not a demo's."""
        if not self.prepared:
            self._create(simulator_port)
        elif self.simulator_port != simulator_port:
            used = self.simulator_port
            raise DemoError(f"the entry in {self.path} points to port {used}: use it, or --fresh")
        voice = VOICE_PIPELINE if find_spec("pymicro_vad") else ""
        (self.path / "configuration.yaml").write_text(CONFIGURATION + voice)
        self._store("http", (2, 2), _http(port))
        for name, source in LINKED.items():
            self._link(name, CHECKOUT / source)
        for blueprint in (CHECKOUT / BLUEPRINTS).glob("*.yaml"):
            self._link(f"{BLUEPRINTS}/{blueprint.name}", blueprint)
        self.log.write_bytes(b"")

    def _create(self, simulator_port: int) -> None:
        """Create the folder, for a Home Assistant that still needs its first user."""
        if self.path.exists() and any(self.path.iterdir()):
            raise DemoError(f"{self.path} is not empty, and not a demo's")
        (self.path / ".storage").mkdir(parents=True)
        self.note(simulator_port=simulator_port, born=datetime.now(UTC).isoformat())
        self._store("onboarding", (4, 1), {"done": ONBOARDED})

    def _store(self, key: str, version: tuple[int, int], data: Mapping[str, Any]) -> None:
        """Write a file of Home Assistant's storage."""
        major, minor = version
        content = {"version": major, "minor_version": minor, "key": key, "data": data}
        (self.path / ".storage" / key).write_text(json.dumps(content, indent=2))

    def _link(self, name: str, source: Path) -> None:
        """Let a folder of the checkout appear in this one."""
        link = self.path / name
        if link.parent.is_symlink():  # an earlier demo linked all custom components at once
            link.parent.unlink()
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(source)


def _http(port: int) -> dict[str, Any]:
    """Return the store of the http integration, which no longer reads YAML."""
    now = datetime.now(UTC).isoformat()
    settings = {
        "server_host": [HOST],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": True,
        "ssl_profile": "modern",
        "use_x_frame_options": True,
    }
    about = {"created_at": now, "error": None, "error_message": None}
    return {"stable": settings | about, "pending": None, "yaml_migration_done": True}
