"""The vocabulary of the URL × role test: what each address answers to each role.

An app declares its cases in `url_cases.py`, registered in its `providers.py`:

    @registry.url_cases.provide("bulletin")
    def url_cases():
        from .factories import IssueFactory          # runs in the test alone
        yield Case("/bulletin/", public())
        yield Case(IssueFactory(live=False).url, only("editor", others=404))

`tests/test_matrix.py` asks each address as each role and fails where an answer differs, and where an
address of the resolver has no case. See `docs/roles.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Roles of the test. `person` is signed in and holds no role; `*` stands for those not named.
ROLES = (
    "anonymous",
    "person",
    "agent",
    "manager",
    "host-manager",
    "trainer",
    "editor",
    "chief-editor",
    "national-team",
    "prefecture-referent",
    "operator-editor",
    "administrator",
)
ANONYMOUS = "anonymous"
OTHERS = "*"

# Answers: a status, a set of statuses, or one of these.
SIGN_IN = "sign-in"  # redirected to the sign-in page, directly or by a door
ELSEWHERE = "elsewhere"  # redirected, but not to sign in
REFUSED = "refused"  # 403, 404, or sent back to the admin's home or to sign in
ANSWERS = "answers"  # anything but an error of the server

Answer = int | str | frozenset[int]
Expected = Mapping[str, Answer]


def public(answer: Answer = 200) -> Expected:
    """The same for everybody."""
    return {OTHERS: answer}


def signed_in(answer: Answer = 200) -> Expected:
    """The same for everybody who is signed in."""
    return {ANONYMOUS: SIGN_IN, OTHERS: answer}


def only(
    *roles: str, answer: Answer = 200, others: Answer = REFUSED, anonymous: Answer = SIGN_IN
) -> Expected:
    """For these roles alone. A role does not bring in those that include it: name each."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"No such role in the matrix: {sorted(unknown)}")
    return {**dict.fromkeys(roles, answer), ANONYMOUS: anonymous, OTHERS: others}


@dataclass(frozen=True)
class Case:
    """One address and what it answers. It stands for every address of the same route.

    url: a path, on which `method` is called with `data`.
    """

    url: str
    expected: Expected
    method: str = "get"
    data: Mapping[str, str] = field(default_factory=dict)

    def answer_for(self, role: str) -> Answer:
        return self.expected.get(role, self.expected.get(OTHERS, ANSWERS))


@dataclass(frozen=True)
class Group:
    """Addresses of a third party under one prefix, by a rule instead of one by one.

    Each route is asked with arguments made up, as each role; a case of its own goes before.
    asked_as: the roles as which it is asked, where the rule does not tell the others apart.
    index_only: roles that ask routes without arguments alone, since they are let in.
    skip: beginnings of routes that the rule leaves out, `reason` says why.
    """

    prefix: str
    expected: Expected
    asked_as: frozenset[str] = frozenset(ROLES)
    index_only: frozenset[str] = frozenset()
    skip: tuple[str, ...] = ()
    reason: str = ""

    def answer_for(self, role: str) -> Answer:
        return self.expected.get(role, self.expected.get(OTHERS, ANSWERS))
