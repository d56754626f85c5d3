"""XLSForm files: read with pyxform's reader, written with ours."""

import io
import zipfile

from spoiwo.kernel.workbooks import BROKEN
from spoiwo.surveys.errors import FileTooLarge, NotAnXlsForm
from spoiwo.surveys.models import QuestionnaireVersion
from spoiwo.surveys.rules import workbook, workbook_out
from spoiwo.surveys.types import Taken
from spoiwo.toolkit.sheets import xlsx_book

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024


def read_xlsform(content: bytes) -> Taken:
    """The questionnaire of an XLSX file. Raises FileTooLarge, NotAnXlsForm."""
    from pyxform.errors import PyXFormError  # heavy, and only wanted here
    from pyxform.xls2json_backends import xlsx_to_dict

    if len(content) > LARGEST:
        raise FileTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except BROKEN as error:
        raise NotAnXlsForm from error
    if unpacked > LARGEST_UNPACKED:
        raise FileTooLarge
    try:
        raw = xlsx_to_dict(io.BytesIO(content))
    except (PyXFormError, *BROKEN) as error:
        raise NotAnXlsForm from error
    if not raw.get(workbook.SURVEY):
        raise NotAnXlsForm
    sheets = {
        name: [
            {_header(key): str(cell).strip() for key, cell in row.items() if cell is not None} for row in rows
        ]
        for name, rows in raw.items()
        if name in {workbook.SURVEY, workbook.CHOICES, workbook.SETTINGS}
    }
    return workbook.read_workbook(sheets)


def write_xlsform(version: QuestionnaireVersion) -> bytes:
    """The questionnaire as an XLSForm workbook that other tools and `read_xlsform` read."""
    content, about = version.questions, version.questionnaire
    settings = (about.title_pl, about.code, str(version.number), workbook_out.PL)
    return xlsx_book(
        [
            (workbook.SURVEY, [workbook_out.SURVEY_HEADER, *workbook_out.survey_rows(content)]),
            (workbook.CHOICES, [workbook_out.CHOICES_HEADER, *workbook_out.choices_rows(content)]),
            (workbook.SETTINGS, [workbook_out.SETTINGS_HEADER, settings]),
        ]
    )


def _header(text: str) -> str:
    name, parted, language = str(text).partition("::")
    return f"{name.strip().lower()}{parted}{language.strip()}"
