"""The cookie of a stay: what it is called, how it is read, given and taken away. Holds no secret."""

from http.cookies import CookieError, SimpleCookie

from starlette.responses import Response


class Cookie:
    """Behind https it has the prefix that browsers hold to: Secure, the whole site, and no other host may set it."""

    def __init__(self, secure: bool, port: int) -> None:
        self._secure = secure
        self.name = "__Host-pipcoach" if secure else f"pipcoach-{port}"

    def read(self, header: str) -> str | None:
        """The secret that a request carries."""
        try:
            morsel = SimpleCookie(header).get(self.name)
        except CookieError:
            return None
        return morsel.value if morsel and morsel.value else None

    def give(self, response: Response, secret: str) -> None:
        """Hand out a fresh one. The browser forgets it when it is closed."""
        response.set_cookie(self.name, secret, secure=self._secure, httponly=True, samesite="lax", path="/")

    def take(self, response: Response) -> None:
        """Take it away."""
        response.delete_cookie(self.name, secure=self._secure, httponly=True, samesite="lax", path="/")
