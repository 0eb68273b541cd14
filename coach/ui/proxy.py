"""What a proxy in front may say of a request: from where it came and, where people sign in there, who sent it. Believes nobody else."""

from starlette.datastructures import Headers
from starlette.types import Scope

from coach.accounts.tries import network
from coach.hosting import Hosting

# Who the request came from is ours to say, not the sender's.
NOT_PASSED_ON = ("forwarded", "x-real-ip", "x-gradio-server")


class Proxy:
    """Reads what the set proxies added."""

    def __init__(self, hosting: Hosting) -> None:
        self._secure, self.header = hosting.secure, hosting.header
        self._known = {network(proxy) for proxy in hosting.proxies}

    def address(self, scope: Scope) -> str:
        """Who asks: the other end of the line, or whom our own proxy names last."""
        peer = (scope.get("client") or ("", 0))[0]
        named = Headers(scope=scope).getlist("x-forwarded-for")
        if named and self._ours(peer):
            return named[-1].split(",")[-1].strip() or peer
        return peer

    def person(self, scope: Scope) -> str | None:
        """The name of who signed in at the proxy; None where it named nobody, or more than one."""
        named = Headers(scope=scope).getlist(self.header) if self.header else []
        if len(named) != 1 or not self._ours((scope.get("client") or ("", 0))[0]):
            return None
        try:  # a header holds bytes; proxies send names as UTF-8
            return named[0].encode("latin-1").decode("utf-8").strip() or None
        except UnicodeDecodeError:
            return None

    def own(self, scope: Scope) -> Scope:
        """The request as a page may see it: under our own scheme, without what only a proxy may say."""
        passed = [(name, value) for name, value in scope["headers"] if not self._said(name.decode("latin-1").lower())]
        return {**scope, "headers": passed, "scheme": "https" if self._secure else "http"}

    def _ours(self, peer: str) -> bool:
        return self._secure and network(peer) in self._known

    def _said(self, name: str) -> bool:
        return name.startswith("x-forwarded-") or name in NOT_PASSED_ON or name == self.header
