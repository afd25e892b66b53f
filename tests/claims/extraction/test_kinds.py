"""Fact, prediction, opinion, commitment, demand: what is said outranks the verb."""

import pytest


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("fact", "Le maire affirme que la piscine a fermé en juin."),
        ("fact", "Selon la police, le suspect aurait fui par la fenêtre."),
        ("fact", "Le député dit avoir écrit au préfet."),
        ("prediction", "Le maire affirme que les prix augmenteront."),
        ("prediction", "L'institut prévoit une hausse des prix."),
        ("prediction", "Les syndicats craignent que l'usine ne ferme."),
        ("opinion", "Le sénateur juge la réforme « intenable »."),
        ("opinion", "« C'est une honte », s'emporte Claire Delmas."),
        ("commitment", "La ministre a promis de publier le rapport."),
        ("commitment", "« Nous publierons le rapport », affirme Claire Delmas."),
        ("commitment", "Le maire annonce qu'il démissionnera."),
        pytest.param(
            "commitment",
            "Le maire affirme qu'il démissionnera.",
            marks=pytest.mark.xfail(reason="the weights find a prediction likelier"),
        ),
        ("commitment", "Le groupe annonce la fermeture de l'usine."),
        ("demand", "L'association réclame un moratoire."),
        ("demand", "Claire Delmas affirme que l'État doit payer."),
        ("demand", "Le préfet demande aux habitants de rester chez eux."),
    ],
)
def test_kind(only, kind, text):
    assert only(text).kind == kind


def test_an_event_to_come_told_by_the_paper_is_a_prediction(narrated):
    (claim,) = narrated("Le projet de loi sera examiné par les députés le 17 octobre.")
    assert claim.kind == "prediction"
