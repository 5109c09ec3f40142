"""The network: who offers services, who hosts, the Maisons, and who works there."""

from .maisons import Maison, MaisonQuerySet, Service
from .memberships import Membership, MembershipQuerySet
from .organisations import HostOrganisation, Operator

__all__ = [
    "HostOrganisation",
    "Maison",
    "MaisonQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Operator",
    "Service",
]
