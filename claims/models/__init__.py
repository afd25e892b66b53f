"""What was said and what became of it."""

from claims.models.account import AccountAct, RecoveryCode, Tries
from claims.models.api_key import ApiKey, ApiSecret
from claims.models.api_usage import AddressUsage, KeyUsage
from claims.models.appearance import Appearance
from claims.models.change import Change, ChangeLog, Follower
from claims.models.claim import Claim, PossibleSpeaker
from claims.models.claim_review import ClaimReview
from claims.models.corpus import CorpusFile, CorpusRefusal
from claims.models.correction import Correction
from claims.models.development import Development, Effect
from claims.models.evidence import Evidence, ProtectedSource
from claims.models.exchange import Import, ImportPart, ImportRow
from claims.models.figure import Figure
from claims.models.forecast import Forecast
from claims.models.hold import Hold
from claims.models.key_proposal import KeyProposal
from claims.models.link import Link
from claims.models.link_search import LinkSearch
from claims.models.merge import ClaimMerge, SpeakerMerge
from claims.models.message import Message, Sender
from claims.models.proposal import Proposal
from claims.models.proposed_evidence import ProposedEvidence
from claims.models.public_change import LastChange, PublicChange
from claims.models.rating import Rating, Scale
from claims.models.reading import Reading
from claims.models.review_note import ReviewNote
from claims.models.sending import Salt, Sending
from claims.models.speaker import Alias, Position, Speaker
from claims.models.standing import Standing
from claims.models.verification import Coverage, Recheck, Verification, Withdrawal
from claims.models.webhook import Delivery, Event, Subscription

__all__ = [
    "AccountAct",
    "AddressUsage",
    "Alias",
    "ApiKey",
    "ApiSecret",
    "Appearance",
    "Change",
    "ChangeLog",
    "Claim",
    "ClaimMerge",
    "ClaimReview",
    "CorpusFile",
    "CorpusRefusal",
    "Correction",
    "Coverage",
    "Delivery",
    "Development",
    "Effect",
    "Event",
    "Evidence",
    "Figure",
    "Follower",
    "Forecast",
    "Hold",
    "Import",
    "ImportPart",
    "ImportRow",
    "KeyProposal",
    "KeyUsage",
    "LastChange",
    "Link",
    "LinkSearch",
    "Message",
    "Position",
    "PossibleSpeaker",
    "Proposal",
    "ProposedEvidence",
    "ProtectedSource",
    "PublicChange",
    "Rating",
    "Reading",
    "Recheck",
    "RecoveryCode",
    "ReviewNote",
    "Salt",
    "Scale",
    "Sender",
    "Sending",
    "Speaker",
    "SpeakerMerge",
    "Standing",
    "Subscription",
    "Tries",
    "Verification",
    "Withdrawal",
]
