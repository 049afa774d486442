"""Building the browser's files: `python -m lscb.assets` fills `lscb/static/vendor/` from the npm packages.

Set-up runs it; the product never does. Versions and checksums are those of `package-lock.json`. GDS Transport and the
crest belong to gov.uk domains, so they are taken out, and no file may make a browser ask another host for anything.
Standard library only.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "lscb" / "static" / "vendor"
STAMP = VENDOR / ".built-from"
NODE_VENV = ROOT / ".venv-node"
SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
GOVUK = Path("govuk-frontend/dist/govuk")
SOURCES = {
    "govuk-frontend.min.css": GOVUK / "govuk-frontend.min.css",
    "govuk-frontend.min.js": GOVUK / "govuk-frontend.min.js",
    "plotly-basic.min.js": Path("plotly.js-basic-dist-min/plotly-basic.min.js"),
    "plotly-basic.LICENSE.txt": Path("plotly.js-basic-dist-min/LICENSE"),
}
# Plotly's defaults for its own service and for maps; neither is used, and neither must ever be asked.
PLOTLY_SERVICES = ("https://cloud.plotly.com/newchart", "https://cdn.plot.ly/un/")


class AssetError(Exception):
    """The browser's files cannot be built; the message says why and what to do."""


def fingerprint() -> str:
    """Return a checksum of all that decides what the built files hold."""
    parts = [ROOT / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def is_built() -> bool:
    """Return whether the files in `VENDOR` are those that this version would build."""
    built = STAMP.is_file() and STAMP.read_text(encoding="ascii") == fingerprint()
    return built and all((VENDOR / name).is_file() for name in SOURCES)


def plain_css(css: str) -> str:
    """Return GOV.UK Frontend's style sheet with system fonts and without crest, downloads and source map.

    Raises AssetError when something in it would still be fetched.
    """
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r"""["']?GDS Transport["']?,\s*arial,\s*sans-serif""", lambda _: SYSTEM_FONTS, css)
    css = re.sub(r"[a-z-]+:\s*url\([^)]*govuk-crest[^)]*\)[^;}]*;?", "", css)
    css = without_source_map(css)
    left = re.findall(r"url\((?!data:)[^)]*\)|@import[^;]*|GDS Transport|govuk-crest", css)
    if left:
        raise AssetError(
            f"govuk-frontend’s style sheet still refers to {sorted(set(left))}: adapt lscb/assets.py."
        )
    return css


def plain_script(name: str, script: str) -> str:
    """Return a script without its source map and without the services that it could ask.

    Raises AssetError when Plotly no longer names its services as it did, so that the change is looked at.
    """
    script = without_source_map(script)
    if name.startswith("plotly"):
        for service in PLOTLY_SERVICES:
            if service not in script:
                raise AssetError(f"{name} no longer holds {service}: adapt lscb/assets.py.")
            script = script.replace(service, "/")
    return script


def without_source_map(text: str) -> str:
    """Return a style sheet or script without the comment that names its source map, which is not served."""
    return re.sub(r"(/\*#|//#) sourceMappingURL=\S+( \*/)?\s*$", "", text)


def find_npm() -> tuple[str, dict[str, str]]:
    """Return npm's path and the environment to run it in, installing it beside us when the machine has none."""
    found = shutil.which("npm")
    if found:
        return found, dict(os.environ)
    folder = NODE_VENV / "bin"
    if not (folder / "npm").exists():
        print("No npm on PATH: installing it into .venv-node ...", flush=True)
        venv.create(NODE_VENV, with_pip=True, clear=True)
        options = [
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "--only-binary",
            ":all:",
        ]
        locked = ["-r", str(ROOT / "requirements" / "node.txt")]
        subprocess.run([folder / "python", "-m", "pip", "install", *options, *locked], check=True)
    return str(folder / "npm"), os.environ | {
        "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    }


def fetch_packages() -> None:
    """Install the locked npm packages into `node_modules`. Raises AssetError when npm cannot."""
    try:
        npm, env = find_npm()
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--loglevel=error"], cwd=ROOT, env=env, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise AssetError(
            f"npm could not install the packages of package-lock.json: {error}"
        ) from error


def build(packages: Path, target: Path) -> None:
    """Write the browser's files into `target` from the npm packages in the folder `packages`.

    Raises AssetError when a package does not hold what is expected of it.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES.items():
        try:
            text = (packages / source).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise AssetError(
                f"{source} is not in the npm packages: adapt lscb/assets.py."
            ) from error
        if name.endswith(".css"):
            text = plain_css(text)
        elif name.endswith(".js"):
            text = plain_script(name, text)
        (target / name).write_text(text, encoding="utf-8")


def main() -> int:
    """Build the files unless they are there already; with `--no-fetch`, from the `node_modules` that is there."""
    if is_built():
        return 0
    try:
        if "--no-fetch" not in sys.argv[1:]:
            fetch_packages()
        build(ROOT / "node_modules", VENDOR)
    except AssetError as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    STAMP.write_text(fingerprint(), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
