"""A file that is kept with a question: only kinds whose text can be read, and none that holds something personal."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from performance.intake.delimited import encoding_of, read_delimited
from performance.intake.personal import personal_in_grid
from performance.intake.problems import Refusal, refusal
from performance.intake.sentences import kind_in_text
from performance.intake.tables import Grid, Limits
from performance.intake.workbook import UNREADABLE, read_workbook

ENDINGS = (".csv", ".txt", ".xlsx", ".docx")
LARGEST = 2_000_000
LIMITS = Limits(bytes=LARGEST, uncompressed=40_000_000, rows=20_000, columns=200, cell=5_000)
TAKE_OUT = "Take out what identifies a child or a family, and attach it again."
KINDS = "Attach a Word document (.docx), an Excel workbook (.xlsx), a CSV or a text file."


def check_attachment(content: bytes, filename: str) -> str:
    """The name under which a file may be kept. Raises Refusal for one that is empty, too large, of another kind,
    damaged, or holds something personal; no message repeats what was found."""
    name = PurePosixPath(filename.replace("\\", "/")).name[-120:]
    ending = PurePosixPath(name.lower()).suffix
    if not content.strip():
        raise refusal("empty-file", "The file is empty.", "Choose it again.")
    if len(content) > LARGEST:
        raise refusal("too-large", "The file has more than 2 MB.", "Attach only what is needed.")
    if ending not in ENDINGS:
        why = "The text of files of this kind cannot be checked for names of children."
        raise refusal("not-a-table", why, KINDS)
    if kind_in_text(PurePosixPath(name).stem.replace("_", " ").replace("-", " ")):
        raise refusal("personal-data", "The name of the file seems to name a person.", TAKE_OUT)
    if ending == ".docx":
        _check_words(_text_of_word(content))
        return name
    for grid in _grids(content, ending):
        if found := personal_in_grid(grid, strict=False):
            raise Refusal(found)
        _check_words("\n".join(text for column in grid.columns for text in column))
    return name


def _grids(content: bytes, ending: str) -> list[Grid]:
    if ending == ".xlsx":
        return read_workbook(content, LIMITS)
    encoding = encoding_of(content)
    if encoding is None:
        raise refusal("not-a-table", "The file holds no text.", KINDS)
    return [read_delimited(content, encoding, {}, LIMITS)]


def _text_of_word(content: bytes) -> str:
    """The text of a Word document: its body, headers, footers and notes. Raises Refusal for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [
                one for one in archive.infolist() if re.fullmatch(r"word/\w+\.xml", one.filename)
            ]
            if not any(one.filename == "word/document.xml" for one in parts):
                raise refusal("damaged", "This is no Word document.", KINDS)
            if any(one.startswith("word/embeddings/") for one in archive.namelist()):
                raise refusal(
                    "not-a-table",
                    "The document holds another file, such as the table behind a chart, that cannot be checked for "
                    "names of children.",
                    "Paste charts as pictures, or attach the table as a file of its own.",
                )
            if sum(one.file_size for one in parts) > LIMITS.uncompressed:
                raise refusal(
                    "too-large", "The document grows too large when it is unpacked.", KINDS
                )
            xml = [archive.read(one).decode("utf-8", "replace") for one in parts]
    except UNREADABLE as error:
        raise refusal(
            "damaged", "The document cannot be opened.", "Save it again, and attach that."
        ) from error
    text = re.sub(r"</w:p>|<w:br/>|<w:tab/>", "\n", "\n".join(xml))
    return re.sub(r"<[^>]*>", "", text)


def _check_words(text: str) -> None:
    for line in text.splitlines():
        if what := kind_in_text(line):
            raise refusal("personal-data", f"The file seems to hold {what}.", TAKE_OUT)
