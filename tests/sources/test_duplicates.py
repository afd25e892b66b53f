import pytest

from sources import duplicates
from tests.factories import SnapshotFactory

pytestmark = pytest.mark.django_db

DISPATCH = """Le pont Neuf sera fermé aux camions dès lundi, a annoncé mardi la maire Jeanne Roux.

« Nous ne pouvons plus attendre », a-t-elle dit devant la presse, en promettant une navette.

Les transporteurs de la région estiment que la mesure leur coûtera deux millions d'euros par an.
"""
OTHER = """Les vendanges ont commencé avec dix jours d'avance dans tout le vignoble.

Les vignerons s'attendent à une petite récolte, mais d'une qualité rare, a dit leur président.
"""


def near_duplicates(snapshot) -> set[int]:
    return duplicates.near_duplicates([snapshot])[snapshot.pk]


@pytest.fixture
def dispatch():
    return SnapshotFactory(text=DISPATCH)


def test_the_same_text_in_another_paper_is_found(dispatch):
    copy = SnapshotFactory(text=DISPATCH.upper())
    assert near_duplicates(copy) == {dispatch.pk}


def test_it_is_found_either_way_round(dispatch):
    copy = SnapshotFactory(text=DISPATCH.upper())
    assert near_duplicates(dispatch) == {copy.pk}


def test_one_cut_short_is_found(dispatch):
    copy = SnapshotFactory(text=DISPATCH[: DISPATCH.index("Les transporteurs")])
    assert near_duplicates(copy) == {dispatch.pk}


def test_one_inside_a_longer_article_is_found(dispatch):
    copy = SnapshotFactory(text=f"{OTHER}\n{DISPATCH}\n")
    assert near_duplicates(copy) == {dispatch.pk}


def test_another_article_is_not(dispatch):
    assert near_duplicates(SnapshotFactory(text=OTHER)) == set()


def test_articles_that_share_a_sentence_are_not_duplicates(dispatch):
    quoted = DISPATCH.split("\n\n")[1]
    assert near_duplicates(SnapshotFactory(text=f"{OTHER}\n{quoted}\n")) == set()


def test_short_texts_alike_are_not_duplicates():
    SnapshotFactory(text="Bonjour à tous et bonne journée !")
    assert near_duplicates(SnapshotFactory(text="Bonjour à tous et bonne journée.")) == set()


def test_other_snapshots_of_the_same_document_are_not_meant(dispatch):
    later = SnapshotFactory(document=dispatch.document, text=f"{DISPATCH}Mis à jour.")
    assert near_duplicates(later) == set()


def test_each_of_several_has_its_own(dispatch):
    copy, other = SnapshotFactory(text=DISPATCH.upper()), SnapshotFactory(text=OTHER)
    assert duplicates.near_duplicates([dispatch, copy, other]) == {
        dispatch.pk: {copy.pk},
        copy.pk: {dispatch.pk},
        other.pk: set(),
    }


def test_many_take_no_more_queries_than_one(django_assert_max_num_queries):
    snapshots = [SnapshotFactory(text=f"{DISPATCH}\n{number}\n") for number in range(5)]
    with django_assert_max_num_queries(4):  # Two, and two for a cursor.
        duplicates.near_duplicates(snapshots)
