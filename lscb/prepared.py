"""Queries that are put into SQL once, and asked again with other values.

Django puts a query into SQL each time it is asked, which took more of a page than the database took to answer. What a
page always asks in the same words is written as a function that gives the query for its values, and marked:

    @prepared
    def _area(code: str) -> QuerySet[Area]:
        return Area.objects.filter(code=code)

`_area("E06000032")` is the list of what the query finds. The function is called once for all values, with a `Slot` in
the place of each. So it may use its values in conditions and may not look at them, nor at anything else that changes:
today is a value as well. Of several values (a list, a set) it is called once for each number of them; None,
True, False and the members of enumerations, such as a role, it gets as they are, once for each.
"""

from collections.abc import Callable, Collection
from enum import Enum
from functools import lru_cache
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.sql import Query

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

SHAPES = 64  # numbers of values for which a query is kept


class Slot(Expression):
    """The place of a value in a query: of the argument at `place`, where that is several its value `at`."""

    def __init__(self, place: int, at: int | None = None) -> None:
        super().__init__()
        self.place, self.at = place, at

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        """A parameter; the slot itself stands for its value until the query is asked."""
        return "%s", [self]

    def of(self, values: tuple[Any, ...]) -> Any:
        """The value that stands here."""
        return values[self.place] if self.at is None else values[self.place][self.at]


class Ready(Query):
    """A query whose SQL is known: a compiler that has put it into words before, and the values for this time."""

    compiler_of_words: Any
    sql: str
    parameters: tuple[Any, ...]
    values_now: tuple[Any, ...]

    def clone(self) -> "Ready":
        """The same once more: nobody changes what is known, and only the values of a time are its own."""
        return _twin(self)

    def get_compiler(self, using: str | None = None, *_about: Any, **_more: Any) -> Any:
        """The compiler, with this time's values and this thread's connection."""
        compiler = _twin(self.compiler_of_words)
        compiler.connection = connections[using or "default"]
        asked = [
            one.of(self.values_now) if isinstance(one, Slot) else one for one in self.parameters
        ]
        compiler.as_sql = lambda *_about, **_more: (self.sql, asked)
        return compiler


class Prepared(Generic[P, R]):
    """A query of a function of its values, as `prepared` makes it."""

    def __init__(self, build: Callable[P, QuerySet[Any, R]]) -> None:
        self.build: Callable[..., QuerySet[Any, R]] = build
        self.__doc__ = build.__doc__
        self._in_words = lru_cache(maxsize=SHAPES)(self._put_into_words)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """What the query finds for some values."""
        if kwargs:
            raise TypeError("A prepared query takes its values in their order.")
        rows = self._rows(args)
        return [] if rows is None else list(rows)

    def stored(self, *args: P.args, **kwargs: P.kwargs) -> list[tuple[Any, ...]]:
        """What the query finds for some values, in the form in which the database keeps it."""
        rows = self._rows(args)
        if kwargs or rows is None:
            return []
        connection = connections[rows.db]
        with connection.cursor() as cursor:
            cursor.execute(*rows.query.get_compiler(rows.db).as_sql())
            return list(cursor.fetchall())

    def _rows(self, args: tuple[Any, ...]) -> QuerySet[Any, R] | None:
        """The query with some values; None where nothing can be found."""
        values = tuple(tuple(one) if _is_several(one) else one for one in args)
        known = self._in_words(tuple(map(_shape, values)))
        if known is None:
            return None
        rows = known.all()
        rows.query.values_now = values  # type: ignore[attr-defined]
        return rows

    def _put_into_words(self, shapes: tuple[object, ...]) -> QuerySet[Any, R] | None:
        """The query for values of these shapes; None where nothing can be found."""
        rows: Any = self.build(*(_place(at, shape) for at, shape in enumerate(shapes)))
        compiler: Any = rows.query.get_compiler(using=rows.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        converters = compiler.get_converters([one for one, *_ in compiler.select])
        compiler.get_converters = lambda _columns: converters
        ready: Any = rows.query.chain(Ready)
        ready.select_related = False  # the compiler knows them
        ready.compiler_of_words, ready.sql, ready.parameters = compiler, sql, parameters
        rows._query = ready  # the setter would take what it gives for dictionaries
        return rows


def prepared(build: Callable[P, QuerySet[Any, R]]) -> Prepared[P, R]:
    """Have the query that a function gives for its values put into SQL once."""
    return Prepared(build)


def _twin(one: T) -> T:
    """An object with the same content, made sooner than `copy` makes it."""
    twin = object.__new__(type(one))
    vars(twin).update(vars(one))
    return twin


def _is_several(value: Any) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str)


def _shape(value: Any) -> object:
    """What of a value the SQL depends on: how many there are, or a constant, in a tuple."""
    if isinstance(value, tuple):
        return len(value)
    return (value,) if value is None or isinstance(value, bool | Enum) else "one"


def _place(at: int, shape: object) -> Any:
    """What stands for a value of this shape while the query is put into words."""
    if isinstance(shape, tuple):
        return shape[0]
    if isinstance(shape, int):
        return tuple(Slot(at, one) for one in range(shape))
    return Slot(at)
