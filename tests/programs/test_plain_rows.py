import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from programs.models import Notification, Region, User
from programs.plain_rows import ask, fetch, insert, sent_together
from tests.factories.programs import RegionFactory, UserFactory

pytestmark = pytest.mark.django_db


def news(user, key):
    return Notification(
        recipient=user, key=key, kind="NEWS", subject="Kabar", body="Isi 100%", contact="Panitia"
    )


def values_of(key):
    return Notification.objects.filter(key=key).values().get() | {"id": 0, "key": ""}


def keys():
    return set(Notification.objects.values_list("key", flat=True))


def test_a_row_is_fetched_as_django_would():
    region = RegionFactory()

    fetched = fetch(Region, code=region.pk)

    assert fetched == region
    assert vars(fetched).keys() == vars(Region.objects.get(pk=region.pk)).keys()
    assert (fetched.name, fetched.province) == (region.name, region.province)
    assert fetch(Region, code="00.00") is None


def test_a_value_that_the_field_converts_is_converted():
    user = UserFactory(phone="081234567890")

    fetched = fetch(User, id=user.pk)

    assert fetched.phone == User.objects.get(pk=user.pk).phone
    assert fetched.phone.as_e164 == "+6281234567890"


def test_rows_are_written_as_django_would():
    user = UserFactory()
    first, second, third = news(user, "satu"), news(user, "dua"), news(user, "tiga")
    third.created_at = second.created_at = first.created_at

    insert(Notification, [first, second])
    third.save()

    assert values_of("satu") == values_of("dua") == values_of("tiga")


def test_a_row_that_brings_its_key_is_that_row_afterwards():
    notification = news(UserFactory(), "satu")
    notification.pk = 4711

    insert(Notification, [notification])
    notification.body = "Isi lain"
    notification.save()

    assert Notification.objects.get().pk == 4711
    assert Notification.objects.get().body == "Isi lain"


def test_what_is_sent_together_is_written_in_one_go(django_assert_num_queries):
    user = UserFactory()

    with django_assert_num_queries(1), sent_together():
        insert(Notification, [news(user, "satu")])
        insert(Notification, [news(user, "dua"), news(user, "50% lagi")])
        insert(Notification, [])

    assert keys() == {"satu", "dua", "50% lagi"}
    with django_assert_num_queries(0), sent_together():
        pass


def test_of_what_is_sent_together_nothing_stays_when_one_row_is_refused():
    user = UserFactory()
    insert(Notification, [news(user, "dua")])

    def write():
        with transaction.atomic(), sent_together():
            insert(Notification, [news(user, "satu")])
            insert(Notification, [news(user, "dua")])

    with pytest.raises(IntegrityError):
        write()

    assert keys() == {"dua"}


def test_a_block_that_fails_sends_nothing_and_the_next_insert_is_written_at_once():
    user = UserFactory()

    def fail_on_the_way():
        with sent_together():
            insert(Notification, [news(user, "satu")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_on_the_way()
    insert(Notification, [news(user, "dua")])

    assert keys() == {"dua"}


def test_a_question_is_planned_once_for_the_connection():
    for number in (1, 2, 3):
        assert ask("SELECT %s + 4711", [number]) == (number + 4711,)

    # Other questions are planned anew each time: their connection keeps no plan of them.
    Region.objects.filter(code="00.00").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%4711%"]
        )
        assert cursor.fetchone() == (1,)
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%00.00%"]
        )
        assert cursor.fetchone() == (0,)


def test_a_row_that_is_there_is_refused_or_left_alone():
    user = UserFactory()
    insert(Notification, [news(user, "satu")])

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Notification, [news(user, "satu")])
    insert(Notification, [news(user, "satu"), news(user, "dua")], ignore_conflicts=True)

    assert keys() == {"satu", "dua"}
    insert(Notification, [])


class TestAfterAMigration:
    """A column has another type than when the question was planned."""

    QUESTION = "SELECT name FROM uji WHERE name = %s"

    @pytest.fixture
    def changed(self, transactional_db):
        # By another process, as a migration is: what our own changes the driver notices itself.
        migration = connection.copy()
        with migration.cursor() as cursor:
            cursor.execute("CREATE TABLE uji (name varchar(10)); INSERT INTO uji VALUES ('Siti')")
            assert ask(self.QUESTION, ["Siti"]) == ("Siti",)
            cursor.execute("ALTER TABLE uji ALTER COLUMN name TYPE varchar(20)")
            yield
            cursor.execute("DROP TABLE uji")
        migration.close()

    @pytest.mark.usefixtures("changed")
    def test_a_question_is_planned_anew(self):
        assert ask(self.QUESTION, ["Siti"]) == ("Siti",)
        assert ask(self.QUESTION, ["Budi"]) is None

    @pytest.mark.usefixtures("changed")
    def test_one_in_a_transaction_fails_and_the_next_does_not(self):
        def ask_in_a_transaction():
            with transaction.atomic():
                return ask(self.QUESTION, ["Siti"])

        with pytest.raises(DatabaseError):
            ask_in_a_transaction()

        assert ask_in_a_transaction() == ("Siti",)
