"""The network: who offers services, who hosts, the Maisons, and who works there."""

from .contact import ContactEvent, ContactRequest, Desk
from .maisons import Maison, MaisonQuerySet, Service
from .memberships import Membership, MembershipQuerySet
from .organisations import HostOrganisation, Operator
from .pages import OperatorIndexPage, OperatorNewsPage, OperatorPage

__all__ = [
    "ContactEvent",
    "ContactRequest",
    "Desk",
    "HostOrganisation",
    "Maison",
    "MaisonQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Operator",
    "OperatorIndexPage",
    "OperatorNewsPage",
    "OperatorPage",
    "Service",
]
