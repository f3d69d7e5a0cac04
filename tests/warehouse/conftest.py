"""The tests of the warehouse on a lake: AMUR_TEST_WAREHOUSE=ducklake pytest tests/warehouse.

Each warehouse is then a lake in PostgreSQL; the tests that are about the file itself say that they are left out.
"""

from typing import Final

import pytest

from tests.warehouse.builders import ON_A_LAKE

OF_FILES: Final = {
    "test_database.py": "opens, locks, damages and upgrades the file itself; test_lake.py has its like",
    "test_earlier_schemas.py": "upgrades files of earlier versions",
    "test_publisher.py": "publishes from the file, which it opens again and damages; test_lake.py has its like",
    "test_user_claims.py": "publishes from the file, which it opens again; claims are asked on a copy in either case",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On a lake, leave out what is about files."""
    for item in items:
        if ON_A_LAKE and (why := OF_FILES.get(item.path.name)) and item.path.parent.name == "warehouse":
            item.add_marker(pytest.mark.skip(reason=why))
