"""Sign-in: one door (django-allauth), by invitation, with second factors. See `docs/sign-in.md`."""

from urllib.parse import urlsplit

import environ

env = environ.Env()

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pro:home"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    # Does what Django's ModelBackend does too, which would be a second way in.
    "allauth.account.auth_backends.AuthenticationBackend",
]

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Nobody learns from an answer, or from a mail to a stranger, whether an account exists.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Beside allauth's own: messages sent from one address, acknowledgments to one mailbox.
ACCOUNT_RATE_LIMITS = {"contact": "5/10m/ip,30/d/ip", "contact_mail": "3/d/key"}
# How many proxies add to X-Forwarded-For: the rate limits count by address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TRUST_ENABLED = False

USERSESSIONS_TRACK_ACTIVITY = False

# -- ProConnect, or any other OpenID Connect provider --------------------------
PROCONNECT_CLIENT_ID = env("PROCONNECT_CLIENT_ID", default="")
PROCONNECT_SERVER_URL = env("PROCONNECT_SERVER_URL", default="")
PROCONNECT_NAME = env("PROCONNECT_NAME", default="ProConnect")
# What in the provider's answer proves a second factor; empty: ours is always required.
PROCONNECT_MFA_AMR = env.list("PROCONNECT_MFA_AMR", default=["mfa"])
PROCONNECT_MFA_ACR = env.list("PROCONNECT_MFA_ACR", default=[])
PROCONNECT_ENABLED = bool(PROCONNECT_CLIENT_ID and PROCONNECT_SERVER_URL)
# Origins to which a form may lead: the sign-in button posts here and is redirected there.
SIGN_IN_FORM_ORIGINS = (
    ["{0.scheme}://{0.netloc}".format(urlsplit(PROCONNECT_SERVER_URL))]
    if PROCONNECT_ENABLED
    else []
)
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "accounts.openid.ProConnectProvider",
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": env.list(
            "PROCONNECT_SCOPE", default=["openid", "email", "given_name", "usual_name"]
        ),
        "APPS": [],
    }
}
if PROCONNECT_ENABLED:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "proconnect",
            "name": PROCONNECT_NAME,
            "client_id": PROCONNECT_CLIENT_ID,
            "secret": env("PROCONNECT_CLIENT_SECRET"),
            "settings": {
                "server_url": PROCONNECT_SERVER_URL,
                # True when the provider checks addresses without saying so in `email_verified`.
                "verified_email": env.bool("PROCONNECT_EMAIL_VERIFIED", default=False),
            },
        }
    )
