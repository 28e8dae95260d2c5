import pytest

from conversations.staff import Operator, Staff
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from tests.conftest import PASSWORD


def test_the_right_password_logs_in_and_a_wrong_one_does_not(
    database: Database, operators: tuple[Operator, Operator]
) -> None:
    staff = Staff(database)
    assert staff.log_in(" Anna ", PASSWORD) == operators[0]
    assert staff.log_in("anna", "un'altra password") is None
    assert staff.log_in("nessuno", PASSWORD) is None


def test_a_username_is_taken_once(database: Database, operators: tuple[Operator, Operator]) -> None:
    with pytest.raises(Conflict):
        Staff(database).add("ANNA", "Altra Anna", PASSWORD, ["sondrio"])


@pytest.mark.parametrize(
    ("username", "name", "password", "ambiti"),
    [("", "A", PASSWORD, ["x"]), ("a", " ", PASSWORD, ["x"]), ("a", "A", "corta", ["x"]), ("a", "A", PASSWORD, [])],
)
def test_incomplete_operators_are_refused(
    database: Database, username: str, name: str, password: str, ambiti: list[str]
) -> None:
    with pytest.raises(InvalidInput):
        Staff(database).add(username, name, password, ambiti)
    assert Staff(database).is_empty()


def test_who_is_no_longer_active_is_not_found(database: Database, operators: tuple[Operator, Operator]) -> None:
    with database.write() as tx:
        tx.connection.exec_driver_sql("update staff set active = 0 where username = 'anna'")
    with pytest.raises(NotFound):
        Staff(database).get(operators[0].id)
    assert Staff(database).log_in("anna", PASSWORD) is None
