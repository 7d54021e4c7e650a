"""What the till answers when it will not: the same kinds, codes and statuses that the SDK turns into exceptions."""

from typing import Any

type Thing = dict[str, Any]


class Wrong(Exception):
    """A refusal. ``keeps`` says that what was written stands, as a declined card does."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        keeps: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.keeps = status, code, keeps
        told = {"type": kind, "code": code, "message": message, "param": param, **more}
        self.body: Thing = {"error": {name: value for name, value in told.items() if value is not None}}

    @property
    def came_before_any_work(self) -> bool:
        """Such answers are not remembered for an idempotency key: the caller may mend the request and ask again."""
        return self.status in {401, 404} or (self.code or "").startswith("parameter_")


def missing(kind: str, name: str, param: str = "id", *, status: int = 404) -> Wrong:
    return Wrong(f"No such {kind}: '{name}'", status=status, code="resource_missing", param=param)


def bad(param: str, message: str, code: str = "parameter_invalid") -> Wrong:
    return Wrong(message, code=code, param=param)
