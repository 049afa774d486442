"""How static files are stored: named by their content, and compressed once."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with gzip alone. Brotli, which a library brings along, would take half a minute for the
    scripts at its highest level, and spare a visitor some tens of kilobytes once."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """The compressor of collectstatic."""
        return Compressor(**kwargs, use_brotli=False)
