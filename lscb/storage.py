"""How static files are stored: named by their content, and compressed once."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What a script of ours imports: `from "../vendor/name.js"`. Django knows imports too, but reads them in every library's
# scripts as well, in whose comments it finds imports of files that are not there.
IMPORTS = (r'(?P<matched>from "(?P<url>\.\.?/[^"]+)")', 'from "%(url)s"')


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which names files by their content wherever one of ours imports another, with gzip alone.
    Brotli, which a library brings along, would take half a minute for the scripts at its highest level, and spare a
    visitor some tens of kilobytes once."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("lscb/*.js", (IMPORTS,)))

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """The compressor of collectstatic."""
        return Compressor(**kwargs, use_brotli=False)
