"""Every endpoint of the API by its address."""

from rest_framework.routers import DefaultRouter

from claims.api.claims import ClaimViewSet
from claims.api.corrections import CorrectionViewSet
from claims.api.developments import DevelopmentViewSet
from claims.api.documents import DocumentViewSet
from claims.api.speakers import SpeakerViewSet
from claims.api.verifications import VerificationViewSet

router = DefaultRouter()
router.include_format_suffixes = False
router.register("claims", ClaimViewSet, "api-claim")
router.register("speakers", SpeakerViewSet, "api-speaker")
router.register("documents", DocumentViewSet, "api-document")
router.register("verifications", VerificationViewSet, "api-verification")
router.register("developments", DevelopmentViewSet, "api-development")
router.register("corrections", CorrectionViewSet, "api-correction")
