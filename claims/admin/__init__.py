"""The editors' desk."""

from claims.admin import claims, developments, ratings, speakers, verifications

__all__ = ["claims", "developments", "ratings", "speakers", "verifications"]
