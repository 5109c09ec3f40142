"""Path converters."""

from django.core import signing


class SealedNumber:
    """A primary key that is not shown: signed, so that it cannot be guessed from another one."""

    regex = "[A-Za-z0-9:_-]+"
    _salt = "accounts.sealed"

    def to_python(self, value: str) -> int:
        try:
            return int(signing.Signer(salt=self._salt).unsign_object(value))
        except (signing.BadSignature, TypeError):
            raise ValueError(value) from None

    def to_url(self, value: int) -> str:
        return signing.Signer(salt=self._salt).sign_object(int(value))
