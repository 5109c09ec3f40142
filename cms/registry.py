"""What apps give each other without importing each other.

Apps stand in layers and siblings never import one another; whatever crosses goes through
one of the *points* below. An app registers its providers in its `providers` module, which is
imported at start-up:

    from cms import registry

    @registry.sitemap_entries.provide("maisons")
    def entries(): ...

A point is iterated in the order of registration (the order of INSTALLED_APPS, foundation
last). See `docs/registry.md`.
"""

from collections.abc import Callable, Iterator
from typing import Any


class DuplicateProvider(ValueError):
    """Two providers claim the same key of one point."""


class Point:
    """One place where providers meet consumers; `contract` says what a provider must be."""

    def __init__(self, name: str, contract: str) -> None:
        self.name = name
        self.contract = contract
        self._providers: dict[str, Any] = {}
        POINTS[name] = self

    def register(self, key: str, provider: Any) -> Any:
        """Add a provider. Raises DuplicateProvider when another one holds the key."""
        held = self._providers.get(key)
        if held is not None and held is not provider:
            raise DuplicateProvider(f"{self.name}: {key!r} is already registered")
        self._providers[key] = provider
        return provider

    def provide(self, key: str) -> Callable[[Any], Any]:
        """The same as a decorator."""
        return lambda provider: self.register(key, provider)

    def get(self, key: str) -> Any | None:
        return self._providers.get(key)

    def items(self) -> list[tuple[str, Any]]:
        return list(self._providers.items())

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._providers.values()))

    def __len__(self) -> int:
        return len(self._providers)


POINTS: dict[str, Point] = {}

search_documents = Point(
    "search_documents",
    "cms.searching.SearchSource: a model that is not a page; pages are in the search by themselves",
)
listing_cards = Point(
    "listing_cards",
    "callable(objects, request) -> list of dict(title, url, summary, kicker, image)",
)
sitemap_entries = Point(
    "sitemap_entries",
    "callable() -> iterable of dict(location: path, lastmod: datetime | None, alternates: {lang: path})"
    " of what anybody may see",
)
pro_panels = Point(
    "pro_panels",
    "callable(request) -> dict(title, template, context, order) | None for the professional space; the"
    " template gets the context as `panel`. Optional: place ('aside') and action (dict of title, label, url,"
    " kicker, text, value, total): the first panel's is the main action of the screen",
)
personal_data = Point(
    "personal_data",
    "object with export(user) -> dict, erase(user) -> None, retention: {model label or app.*: text}"
    " and, when it can, purge(now) -> int",
)
notification_kinds = Point(
    "notification_kinds", "cms.notify.Kind-like: code, label, channels, default frequency"
)
periodic_jobs = Point("periodic_jobs", "cms.jobs.Job: name, every (timedelta), run()")
demo_loaders = Point(
    "demo_loaders", "object with order: int and load(verbosity) -> None, idempotent"
)
demo_pictures = Point(
    "demo_pictures",
    "Path of a folder of drawn pictures, with their titles, alternatives and credits in pictures.yaml",
)
url_cases = Point(
    "url_cases",
    "callable() -> iterable of cms.matrix.Case or Group that the URL x role matrix test walks",
)
role_sources = Point(
    "role_sources",
    "accounts.roles.RoleSource: roles, has_role(user, role, scope), assignments(user), "
    "user_ids(role, scope)",
)
admin_permissions = Point(
    "admin_permissions",
    "callable() -> {role code: [permission labels]}: what a role may do in the admin with the app's"
    ' models ("app.codename", "app.*model", "app.*")',
)
admin_collections = Point(
    "admin_collections",
    "key: the name of a collection at the root, made when missing; callable() -> {role code: [permission labels]}:"
    " what roles that do not edit the site may do there with pictures, documents and recordings",
)
invitation_grants = Point(
    "invitation_grants",
    "key: a kind; object with validate(grant), apply(user, grant, by) and label(grant) -> str, where"
    ' grant is the JSON {"kind": key, …} that an invitation carries',
)
scope_parents = Point(
    "scope_parents",
    "key: a kind of scope; callable(scope) -> iterable of the scopes that contain it (see docs/roles.md)",
)
scope_choices = Point(
    "scope_choices",
    "key: a kind of scope; callable() -> iterable of (code, name) over which a role may be given",
)
readiness = Point(
    "readiness", "callable() -> None, raising with a reason when its part cannot serve"
)
bin_kinds = Point(
    "bin_kinds", "cms.bin.Kind: how objects of a model go to the bin, come back and end"
)
export_kinds = Point("export_kinds", "cms.exports.Export: columns, rows(filters, user), permission")
pro_doors = Point(
    "pro_doors",
    "callable(request) -> iterable of dict(door, label, text, url, order): what this person may open"
    ' behind a door of the professional space ("exchange", "inform", "learn" or "activity")',
)
home_sections = Point(
    "home_sections",
    "object with label, template and context(request, count: int) -> dict | None (nothing to show):"
    " a section that editors may place on the home page. Optional: styles, its style sheets",
)
contact_kinds = Point(
    "contact_kinds",
    "maisons.contact.Kind: a subject about which people write to the network, and who answers first",
)
editor_panels = Point(
    "editor_panels",
    "callable(request) -> dict(title, template, context, order) | None for the home page of the admin",
)
scoped_groups = Point(
    "scoped_groups",
    "object with prefix: str, of the names of the groups that it keeps, and names(user) -> iterable of those"
    " in which this person must be: groups that follow from a role over one thing (an operator)",
)
site_map_links = Point(
    "site_map_links",
    "callable(request) -> iterable of dict(label, url, order, children: [(label, url)]): what is not a page"
    " and has its place on the site map",
)
file_readers = Point(
    "file_readers",
    "callable(user, file) -> bool: whether somebody signed in may read a file that no published page"
    " of theirs uses yet (never the original of a picture)",
)
thread_targets = Point(
    "thread_targets",
    "key: a kind of object that people discuss; accounts.threads.TargetKind: which objects a person may read"
    " the discussion of, who writes, who moderates, title and address (docs/threads.md)",
)
stored_files = Point(
    "stored_files",
    "key: the first part of the address of its files; a cms.models.files.StoredFile that is no picture, document"
    " nor recording: read by whom `file_readers` lets, and by nobody else",
)
operator_pages = Point(
    "operator_pages",
    "callable() -> iterable of page types that an operator's editors may write under its page",
)
operator_sections = Point(
    "operator_sections",
    "callable(operator, request) -> dict(title, id, template, context, order) | None: what the public page of an"
    " operator shows of another app; the template gets the context as `section`",
)
device_storage = Point(
    "device_storage",
    "callable() -> iterable of cms.legal.stored.Stored: what an app keeps on the device of a reader",
)
