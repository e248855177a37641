"""Keys are sent only to a server that can prove its identity."""

from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
import ssl

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant

from custom_components.codelocks.const import DOMAIN
from tests.conftest import keys
from tests.simulator import Simulator


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return the context of a server in the middle, with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = (
        builder.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    kind, encryption = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / "server.pem"
    file.write_bytes(certificate.public_bytes(pem) + key.private_bytes(pem, kind, encryption))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


async def test_a_certificate_that_nobody_vouches_for(
    hass: HomeAssistant, sim: Simulator, tmp_path: Path
) -> None:
    """The form says that there is no connection, and no request is sent."""
    # The server's side of the handshake fails, as it should.
    hass.loop.set_exception_handler(lambda *_: None)
    requests: list[str] = []

    async def answer(request: web.BaseRequest) -> web.Response:
        requests.append(request.path)
        return web.json_response({"email": "x@example.com"})

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    context = await hass.async_add_executor_job(self_signed, tmp_path)
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    port = runner.addresses[0][1]
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    url = f"https://127.0.0.1:{port}"
    result = await hass.config_entries.flow.async_configure(
        form["flow_id"], keys(sim, connection={"url": url})
    )
    await runner.cleanup()
    assert result["errors"] == {"base": "cannot_connect"}
    assert not requests
