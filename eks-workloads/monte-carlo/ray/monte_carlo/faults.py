"""What is wrong with a request: which field, and the rule that it breaks."""


class Fault(Exception):  # noqa: N818 - it is a value of a refusal, not an error of ours
    """Answered as 422."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


class Fields:
    """The fields of one JSON object. Each is read once; what nobody has read is refused, never ignored."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise Fault(path or "body", "must be an object")
        self._left: dict[str, object] = dict(value)
        self._path = path

    def path(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        return name in self._left

    def take(self, name: str) -> object:
        if name not in self._left:
            raise Fault(self.path(name), "is missing")
        return self._left.pop(name)

    def done(self) -> None:
        for name in sorted(self._left):
            raise Fault(self.path(name), "is not known here")

    def whole(self, name: str, least: int, most: int) -> int:
        return whole(self.take(name), self.path(name), least, most)

    def whole_or_none(self, name: str, least: int, most: int) -> int:
        """-1 where it is null: every field that may be is never negative."""
        value = self.take(name)
        return -1 if value is None else whole(value, self.path(name), least, most)

    def flag(self, name: str) -> bool:
        value = self.take(name)
        if not isinstance(value, bool):
            raise Fault(self.path(name), "must be true or false")
        return value

    def choice(self, name: str, *names: str) -> int:
        value = self.take(name)
        if not isinstance(value, str) or value not in names:
            raise Fault(self.path(name), f"must be one of {', '.join(names)}")
        return names.index(value)

    def group(self, name: str) -> "Fields":
        return Fields(self.take(name), self.path(name))

    def group_or_none(self, name: str) -> "Fields | None":
        value = self.take(name)
        return None if value is None else Fields(value, self.path(name))

    def items(self, name: str, least: int, most: int) -> list[object]:
        value = self.take(name)
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise Fault(self.path(name), f"must be a list of {least} to {most}")
        return value

    def wholes(self, name: str, count: tuple[int, int], bounds: tuple[int, int]) -> list[int]:
        items = self.items(name, *count)
        return [whole(item, f"{self.path(name)}[{at}]", *bounds) for at, item in enumerate(items)]


def whole(value: object, path: str, least: int, most: int) -> int:
    # A bool is an int to Python, and a float such as 1e400 is infinite: both are refused.
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Fault(path, f"must be a whole number from {least} to {most}")
    return value
