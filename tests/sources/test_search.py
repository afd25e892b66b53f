"""Words are found in any form, with and without accents, with slips, in French and in English."""

import pytest
from django.db import connection

from claims.models import Claim, Forecast, Speaker
from sources.models import Document, Fetch, Snapshot, Word
from sources.past import as_of
from sources.search import Typed, corrected, marked, terms
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    EffectFactory,
    FetchFactory,
    ForecastFactory,
    LinkFactory,
    PublisherFactory,
    SnapshotFactory,
    SpeakerFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def found(text, query) -> bool:
    """Whether a document of that title is found by the query."""
    document = DocumentFactory(title=text)
    return Document.objects.search(query).filter(pk=document.pk).exists()


@pytest.mark.parametrize(
    "query",
    [
        "annoncé", "annoncée", "annoncées", "annoncer", "annonçait", "annonceront",
        "mesure annoncée", "mesures annoncees", "MESURE", "mésure",
    ],
)  # fmt: skip
def test_a_word_is_found_in_its_other_forms_and_without_its_accents(query):
    assert found("Les mesures annoncées hier", query)


@pytest.mark.parametrize("query", ["état", "etat", "L’État", "l'etat", "ETATS"])
def test_an_article_before_an_apostrophe_does_not_hide_its_word(query):
    assert found("L’État et la loi", query)


@pytest.mark.parametrize("query", ["vote", "voting", "the votes", "senator claims"])
def test_english_is_found_too(query):
    assert found("The senators voted on the claim", query)


@pytest.mark.parametrize(
    "text",
    [
        "«\u202fbudget\u202f»", "«\u00a0budget\u00a0» :", "“budget”", "le\u00a0budget…", "—budget—",
        "(budget)", "budget’", "1\u202f000\u00a0€budget", "☎budget✓", "👍budget", "budget\ufeff",
    ],
)  # fmt: skip
def test_a_word_ends_where_its_letters_do(text):
    assert found(text, "budget ")
    assert Word.objects.filter(text="budget").exists()
    assert "<mark>budget</mark>" in marked([text], "budget")[0]


@pytest.mark.parametrize("word", ["Łódź", "Kyïv", "Москва", "cœur", "Ångström", "İstanbul"])
def test_letters_of_any_alphabet_are_found(word):
    assert found(f"À {word}, hier", word)


def test_every_word_is_wanted():
    assert not found("Les mesures annoncées", "mesures budget")


@pytest.mark.parametrize("query", ["«\u202fbudget de la défense\u202f»", "“budget de la défense”"])
def test_a_phrase_may_be_quoted_in_any_way(query):
    assert found("Le budget de la défense", query)
    assert not found("La défense du budget", query)


def test_a_phrase_is_found_in_its_order_only():
    assert found("Le budget de la défense", '"budget de la défense"')
    assert not found("La défense du budget", '"budget de la défense"')


def test_what_is_not_wanted_is_left_out():
    assert found("Le budget de la ville", "budget -défense")
    assert not found("Le budget de la défense", "budget -défense")


@pytest.mark.parametrize("query", ["nationali", "nationalit", "nationalite", "la nation"])
def test_the_last_word_may_be_unfinished(query):
    assert found("La nationalité française", query)


def test_the_last_word_is_the_known_ones_it_begins_and_no_other_its_stem_begins():
    assert found("Une année de plus", "année")
    assert not found("Le lac d’Annecy", "année")


def test_where_a_beginning_is_of_very_many_words_all_its_stems_do(monkeypatch):
    monkeypatch.setattr("sources.search.asked.COMPLETIONS", 2)
    DocumentFactory(title="Nationaliser, nationalisme")
    assert found("La nationalité", "nationa")


def test_what_is_two_words_to_the_database_is_taken_for_finished():
    assert found("Il pleut aujourd’hui", "aujourd'hui")
    assert not found("Aujourd’huile", "aujourd'hui")


def test_a_space_ends_the_last_word():
    assert not found("Le budgétaire", "bud ")


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "le", "de la", "-", '"', "!&|:*()", "'", "\x00", "-x", "%_\\", "a & | ! <-> ( :*",
        "\u202ebudget", "🗳️", '"' * 3000, "mot " * 10_000, "' | 'budget':*", "a':*b", "a | b", "\\'",
    ],
)  # fmt: skip
def test_no_query_is_an_error(query):
    DocumentFactory(title="Le budget")
    list(Document.objects.search(query))
    list(Document.objects.best(query))
    list(Claim.objects.best(query))
    Claim.objects.with_most_of(query)
    corrected(query)
    marked(["Le budget"], query)


def test_very_much_text_is_no_error():
    assert not found("Le budget", "x" * 100_000)


def test_a_speaker_is_found_by_another_name():
    speaker = SpeakerFactory(name="Vladimir Poutine")
    speaker.aliases.create(name="le maître du Kremlin")
    assert list(Speaker.objects.search("maitre kremlin")) == [speaker]


def test_a_claim_is_found_by_its_words_and_its_speaker_together():
    speaker = SpeakerFactory(name="Paul Durand")
    claim = ClaimFactory(speaker=speaker, quote="Deux écoles ouvriront.")
    ClaimFactory(speaker=speaker, quote="Rien de tel.")
    ClaimFactory(quote="Deux écoles ouvriront.")
    assert list(Claim.objects.search("durand ecoles")) == [claim]


def test_a_claim_is_found_by_an_alias_of_its_speaker():
    claim = ClaimFactory()
    claim.speaker.aliases.create(name="Zébulon")
    assert list(Claim.objects.search("zebulon")) == [claim]


def test_claims_with_a_word_that_is_not_wanted_are_left_out():
    ClaimFactory(quote="Deux écoles.")
    assert list(Claim.objects.search("écoles -deux")) == []


def test_a_claim_is_found_by_its_public_id_and_by_the_address_of_its_page():
    claim = ClaimFactory()
    for query in (claim.public_id, f"https://constat.test/claims/{claim.public_id}/"):
        assert list(Claim.objects.search(query)) == [claim]


def test_a_document_is_found_by_its_address():
    document = DocumentFactory(url="https://journal.test/a/b")
    assert list(Document.objects.search("https://journal.test/a/b")) == [document]


def test_search_narrows_what_is_there():
    claim = ClaimFactory(quote="Deux écoles.")
    assert not Claim.objects.exclude(pk=claim.pk).search("écoles").exists()


def test_what_has_more_of_the_words_comes_first():
    DocumentFactory(title="Budget")
    best = DocumentFactory(title="Budget, budget et encore budget")
    DocumentFactory(title="Un budget")
    assert Document.objects.best("budget").first() == best


def test_what_is_written_later_is_found_too():
    claim = ClaimFactory()
    claim.wording = "Une passerelle ouvrira."
    claim.save()
    assert list(Claim.objects.search("passerelle")) == [claim]
    assert Word.objects.filter(text="passerelle").exists()


def test_the_past_is_searched_as_it_was():
    claim = ClaimFactory(quote="Deux écoles.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (then,) = cursor.fetchone()
    claim.wording = "Une passerelle."
    claim.save()
    with as_of(then):
        assert Claim.objects.search("écoles").exists()
        assert not Claim.objects.search("passerelle").exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("retriates", "retraites"),
        ("reforme des retriates", "reforme des retraites"),
        ("Macorn", "macron"),
        ("evacuatoin", "évacuation"),
        ("-retriates", None),
        ('"les retriates"', None),
        ("retraites", None),
        ("retra", None),
        ("zzzzzz", None),
        ("12345", None),
    ],
)
def test_a_slip_is_put_right_by_the_nearest_word_that_is_known(typed, meant):
    DocumentFactory(title="La réforme des retraites et l’évacuation")
    SpeakerFactory(name="Emmanuel Macron")
    assert corrected(typed) == meant


def test_what_matches_is_marked_and_the_rest_is_escaped():
    shown = "<b>L’État</b> a annoncé & promis"
    (html,) = marked([shown], "etats annoncées")
    assert html == ("&lt;b&gt;L’<mark>État</mark>&lt;/b&gt; a <mark>annoncé</mark> &amp; promis")


def test_an_unfinished_word_is_marked_whole():
    assert marked(["La nationalité"], "natio") == ["La <mark>nationalité</mark>"]


def test_what_is_not_wanted_is_not_marked():
    assert marked(["Le budget"], "-budget") == ["Le budget"]


def test_the_terms_of_a_query():
    read = [(t.text, t.excluded, t.phrase, t.open) for t in terms('un "deux trois" -quatre cin')]
    assert read == [
        ("un", False, False, False),
        ("deux trois", False, True, False),
        ("quatre", True, False, False),
        ("cin", False, False, True),
    ]


def test_the_words_of_a_query_are_read_once(django_assert_num_queries):
    typed = Typed('deux "mots ici" -là ')
    with django_assert_num_queries(1):
        assert [term.stems for term in typed.terms] == ["'deux'", "'mot' <-> 'ici'", "'la' | 'là'"]
        assert typed.terms


def test_what_belongs_to_a_claim_is_found_by_its_words():
    claim = ClaimFactory(accepted=True, quote="Une passerelle ouvrira.")
    belonging = [
        EffectFactory(claim=claim),
        LinkFactory(claim=claim),
        LinkFactory(earlier=claim),
        ForecastFactory(claim=claim),
        VerificationFactory(claims=[claim]),
    ]
    others = [EffectFactory(), LinkFactory(), ForecastFactory(), VerificationFactory()]
    found = [row in type(row).objects.search("passerelles") for row in belonging]
    assert found == [True] * 5
    assert not [row for row in others if row in type(row).objects.search("passerelles")]


def test_a_forecast_is_found_by_its_criteria():
    forecast = ForecastFactory(criteria="Selon le rectorat.")
    assert list(Forecast.objects.search("rectorat")) == [forecast]


def test_a_snapshot_is_found_by_its_document_and_by_its_digest():
    snapshot = SnapshotFactory(document__title="Le budget")
    SnapshotFactory()
    for query in ("budgets", snapshot.sha256, snapshot.sha256.upper()):
        assert list(Snapshot.objects.search(query)) == [snapshot]


def test_a_fetch_is_found_by_a_part_of_its_address():
    fetch = FetchFactory(url="https://Journal.test/Economie/1")
    assert list(Fetch.objects.search("test/economie")) == [fetch]
    assert not Fetch.objects.search("/e").exists()


def test_verifications_and_publishers_are_searched_alike():
    verification = VerificationFactory(summary="La date est fausse.")
    publisher = PublisherFactory(name="Le Courrier")
    assert list(type(verification).objects.search("dates")) == [verification]
    assert list(type(publisher).objects.search("courriers")) == [publisher]


def test_what_shares_words_comes_with_the_most_of_them_first():
    both = DocumentFactory(title="Le budget de la ville double")
    one = DocumentFactory(title="Un budget équilibré")
    DocumentFactory(title="Il fait beau")
    assert list(Document.objects.sharing("Budget : la ville emprunte")) == [both, one]


def test_short_words_share_nothing():
    DocumentFactory(title="Il fait beau")
    assert not Document.objects.sharing("Il a un an").exists()


def most(query: str) -> list[Claim]:
    return list(Claim.objects.best_with_most(query))


def test_where_nothing_has_all_the_words_what_has_most_is_found():
    two = ClaimFactory(quote="Le budget de la ville double.")
    ClaimFactory(quote="Le budget.")
    ClaimFactory(quote="Il fait beau.")
    assert most("budget ville canal ") == [two]


def test_fewer_words_do_only_where_nothing_has_more_of_them():
    ClaimFactory(quote="Le budget de la ville.")
    three = ClaimFactory(quote="Le budget de la ville double.")
    assert most("budget ville double canal ") == [three]


def test_what_has_less_than_half_of_the_words_is_not_found():
    ClaimFactory(quote="Le budget.")
    assert most("budget ville canal ") == []


def test_small_words_are_none_of_those_that_count():
    ClaimFactory(quote="Il est de la ville et de la région.")
    assert most("le budget de la défense est de la région") == []


def test_the_words_of_a_phrase_count_each():
    claim = ClaimFactory(quote="Le budget de la ville double.")
    assert most('"le budget double de la ville"') == [claim]


def test_what_is_not_wanted_stays_unwanted_where_most_words_do():
    ClaimFactory(quote="Le budget de la ville double.")
    assert most("budget ville canal -double ") == []


def test_a_name_and_most_of_the_words_are_enough():
    speaker = SpeakerFactory(name="Paul Durand")
    claim = ClaimFactory(quote="Le budget de la ville double.", speaker=speaker)
    ClaimFactory(quote="Le budget de la ville double.")
    assert most("durand budget ville canal ")[0] == claim
    assert most("durand budget ville triple canal ") == [claim]
