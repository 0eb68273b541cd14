"""How more than one person reaches the page: under which address, and through which proxies. Pure; knows no person."""

import ipaddress
import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from coach.errors import SettingsError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ORIGIN = "COACH_PUBLIC_ORIGIN takes the address people type, like https://coach.example.org, without anything behind it."


class Hosting(BaseModel):
    """Set where people sign in. Without an `origin` the page is tried out on this computer alone, on plain http.

    `proxies` are the addresses whose word is taken for where a request came from, and, where `header` is set, in that header
    for who it came from: people then sign in at the proxy and not here. `private` are hosts on a network of one's own, where a
    language model may be reached without https.
    """

    model_config = ConfigDict(frozen=True)

    origin: str | None = None
    proxies: tuple[str, ...] = LOOPBACK
    header: str | None = None
    private: tuple[str, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether people come through https."""
        return bool(self.origin and self.origin.startswith("https://"))

    @property
    def name(self) -> str:
        """The name people know it by; "this computer" while it is tried out."""
        return (urlsplit(self.origin).hostname or "") if self.secure and self.origin else "this computer"

    def origins(self, port: int) -> set[str]:
        """Every origin whose pages are our own."""
        if self.origin:
            return {self.origin}
        return {f"http://{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}

    def hosts(self, port: int) -> set[str]:
        """Every Host that is served."""
        return {origin.partition("://")[2] for origin in self.origins(port)}


def check_origin(value: str) -> str:
    """An origin as a browser writes it, or SettingsError. Plain http is for this computer only."""
    try:
        parts = urlsplit(value.strip().lower())
        port, host = parts.port, parts.hostname
    except ValueError:  # brackets without an address, a port that is no number
        raise SettingsError(ORIGIN) from None
    if parts.scheme not in ("http", "https") or not host or not host.isascii() or parts.username is not None or parts.path not in ("", "/"):
        raise SettingsError(ORIGIN)
    if parts.query or parts.fragment or "*" in host:
        raise SettingsError(ORIGIN)
    if parts.scheme == "http" and host not in LOOPBACK:
        raise SettingsError("COACH_PUBLIC_ORIGIN must start with https://: passwords and what people write never go over plain http.")
    named = f"[{host}]" if ":" in host else host
    usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{named}{'' if usual else f':{port}'}"


def check_proxies(value: str) -> tuple[str, ...]:
    """Addresses of proxies, with commas between them, or SettingsError."""
    names = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        return tuple(str(ipaddress.ip_address(name)) for name in names)
    except ValueError:
        raise SettingsError("COACH_PROXIES takes the addresses of your proxies, like 127.0.0.1,10.0.0.2.") from None


def check_header(value: str, origin: str | None) -> str:
    """The name of a header that a proxy sets, in small letters, or SettingsError."""
    name = value.strip().lower()
    if not re.fullmatch(r"x-[a-z0-9-]{2,60}", name) or name.startswith("x-forwarded-f"):
        raise SettingsError("COACH_SIGN_IN_HEADER takes the name of the header in which your proxy says who somebody is, like X-Auth-Request-Email.")
    if not origin:
        raise SettingsError("COACH_SIGN_IN_HEADER needs COACH_PUBLIC_ORIGIN: who somebody is comes from the proxy in front of it.")
    return name


def check_private(value: str) -> tuple[str, ...]:
    """Names of hosts on a network of one's own, with commas between them, or SettingsError."""
    names = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    if not names or not all(re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,62}", name) for name in names):
        raise SettingsError("COACH_PRIVATE_HOSTS takes the names of hosts on your own network, like model,10.0.0.5.")
    return names


def find(
    accounts: bool | None, origin: str | None, proxies: str | None, header: str | None = None, private: str | None = None
) -> Hosting | None:
    """What the environment says; None where one person has the page for themselves."""
    if not accounts:
        needing = {"COACH_PUBLIC_ORIGIN": origin, "COACH_SIGN_IN_HEADER": header, "COACH_PRIVATE_HOSTS": private}
        if named := next((name for name, value in needing.items() if value), None):
            raise SettingsError(f"{named} is for a page that people sign in to: set COACH_ACCOUNTS=1 as well.")
        return None
    given = {"proxies": check_proxies(proxies)} if proxies else {}
    given |= {"header": check_header(header, origin)} if header else {}
    given |= {"private": check_private(private)} if private else {}
    return Hosting(origin=check_origin(origin) if origin else None, **given)


def check_host(value: str, hosting: Hosting | None = None) -> str:
    """An address to listen on, or SettingsError: other computers are let in only where people sign in through https."""
    if value in LOOPBACK or (hosting and hosting.secure):
        return value
    if hosting:
        raise SettingsError("COACH_HOST must be 127.0.0.1 until COACH_PUBLIC_ORIGIN names an https:// address. See docs/hosting.md.")
    raise SettingsError("COACH_HOST must be 127.0.0.1: other computers need people to sign in. See docs/hosting.md.")
