"""Static files as they are served: named by their content and compressed, kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, in which modules import each other by their hashed names too."""

    # Otherwise a module that a page and another module both name would be loaded twice.
    support_js_module_import_aggregation = True
    # Compressing each file once more under its plain name would double the time.
    keep_only_hashed_files = True
