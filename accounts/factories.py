"""People for tests."""

from typing import Any

import factory

from .models import User
from .scopes import NATIONAL, Scope
from .services import grant

PASSWORD = "un-mot-de-passe-de-test"  # noqa: S105


class UserFactory(factory.django.DjangoModelFactory):
    """A person who can sign in with `PASSWORD`.

    `role="editor"` gives a role, `scope=Scope("department", "01")` says over what.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Exemple{n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> User:
        role, scope = kwargs.pop("role", None), kwargs.pop("scope", NATIONAL)
        user = model_class.objects.create_user(password=PASSWORD, **kwargs)
        if role:
            grant(user, role, scope if isinstance(scope, Scope) else Scope(*scope))
        return user
