"""The returns and their code lists: the names others rely on, what is kept and why, and the spellings understood."""

import csv
import re
from pathlib import Path

import pytest

from lscb.definition_files import DefinitionError, load, load_folder
from performance.definitions import FOLDER
from performance.intake.codes import CodeList, code_list, read_codes
from performance.intake.spec import ReturnSpec, returns

CODES = FOLDER / "codes"
LISTS = sorted(path.stem for path in CODES.glob("*.csv"))
IDS = ["figures", "gcp2", "mash-contacts", "police-da", "referrals", "training"]
BY_PROGRAM = ["business-plan", "challenge-log", "returns-calendar", "reviews-register"]
FIGURES = "period,item,breakdown,category,numerator,denominator,value"


def rewritten(tmp_path: Path, return_id: str, old: str, new: str) -> Path:
    """A copy of a return's definition with one text replaced."""
    text = (FOLDER / "returns" / f"{return_id}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{return_id}.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_there_are_six_returns_and_those_that_the_program_makes() -> None:
    assert sorted(returns()) == sorted(IDS + BY_PROGRAM)
    assert [spec.id for spec in returns().values() if spec.made_by_program] == BY_PROGRAM
    assert [spec.id for spec in returns().values() if not spec.due_from] == BY_PROGRAM


def test_national_publishers_owe_nothing() -> None:
    assert [spec.id for spec in returns().values() if "national" in spec.due_from] == []


@pytest.mark.parametrize(
    ("return_id", "columns"),
    [
        ("mash-contacts", "month,source,issue,outcome,count"),
        ("referrals", "month,source,age_band,ethnicity,reason,count"),
        ("police-da", "month,kind,count"),
        ("gcp2", "month,agency,kind,count"),
        ("training", FIGURES),
        ("figures", FIGURES),
    ],
)
def test_the_columns_others_rely_on_stay_put(return_id: str, columns: str) -> None:
    assert ",".join(returns()[return_id].counts_columns) == columns


@pytest.mark.parametrize(
    ("return_id", "columns"),
    [
        ("mash-contacts", "date,source,issue,outcome"),
        ("referrals", "date,source,age_band,ethnicity,reason"),
        ("police-da", "date,kind"),
    ],
)
def test_record_level_files_have_a_date_and_no_count(return_id: str, columns: str) -> None:
    spec = returns()[return_id]
    assert "records" in spec.kinds
    assert ",".join(spec.record_columns) == columns


@pytest.mark.parametrize(
    ("return_id", "margins"),
    [
        ("mash-contacts", "total source issue outcome source+issue source+outcome"),
        (
            "referrals",
            "total source age_band ethnicity reason age_band+reason ethnicity+reason source+reason",
        ),
        ("police-da", "kind"),
        ("gcp2", "kind agency+kind"),
    ],
)
def test_only_the_agreed_margins_are_kept(return_id: str, margins: str) -> None:
    assert list(returns()[return_id].margin_names) == margins.split()


def test_every_margin_says_why_it_is_kept_in_words_of_its_own() -> None:
    reasons = [margin.why for spec in returns().values() for margin in spec.margins]
    assert all(len(why.split()) >= 8 for why in reasons)
    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("return_id", IDS)
def test_a_return_is_owed_by_known_types_of_agency(return_id: str) -> None:
    types = code_list("agency_types")
    assert [owner for owner in returns()[return_id].owners if owner not in types] == []


def test_an_age_may_be_sent_for_an_age_band_and_for_nothing_else() -> None:
    derived = {
        (spec.id, dimension.name, dimension.derived_from)
        for spec in returns().values()
        for dimension in spec.dimensions
        if dimension.derived_from
    }
    assert derived == {("referrals", "age_band", "age")}


def test_each_figure_is_carried_by_one_return_and_sent_by_one_of_its_owners() -> None:
    carried = [(item, spec) for spec in returns().values() for item in spec.items]
    assert sorted(item for item, _ in carried) == sorted(
        code.code for code in code_list("figure_item")
    )
    for item, spec in carried:
        entry = code_list("figure_item").get(item)
        assert entry is not None
        assert entry.group in spec.owners, item


def test_every_breakdown_of_figures_has_a_list_of_its_own() -> None:
    assert [code.code for code in code_list("breakdown") if code.code not in LISTS] == []


def test_the_categories_are_those_of_the_breakdowns() -> None:
    union: dict[str, set[str]] = {}
    for breakdown in code_list("breakdown"):
        for code in code_list(breakdown.code):
            union.setdefault(code.code, set()).add(breakdown.code)
    assert {code.code: set(code.group.split()) for code in code_list("category")} == union


@pytest.mark.parametrize("name", LISTS)
def test_codes_are_stable_slugs_with_a_label_and_a_source(name: str) -> None:
    entries = list(code_list(name))
    assert entries
    for code in entries:
        assert re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", code.code), code.code
        assert len(code.code) <= 40
        assert code.label
        assert code.source


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("source", "6", "police"),
        ("source", "q) 6: Police", "police"),
        ("source", "3C", "health"),
        ("source", "k) 3E: Health services", "health"),
        ("source", "d) Health Services", "health"),
        ("source", "Education_Services", "education-services"),
        ("source", "5D", "la-services"),
        ("source", "  FAMILY   partnership ", "family-partnership"),
        ("age_band", "01-Apr", "1-4"),
        ("age_band", "1-Apr", "1-4"),
        ("age_band", "Apr-01", "1-4"),
        ("age_band", "1–4", "1-4"),
        ("age_band", "05-Sep", "5-9"),
        ("age_band", "Oct-15", "10-15"),
        ("age_band", "16+", "16-17"),
        ("age_band", "UNDER 1", "under-1"),
        ("ethnicity", "WBRI", "white"),
        ("ethnicity", "h) MWAS", "dual-heritage"),
        ("ethnicity", "Mixed", "dual-heritage"),
        ("ethnicity", "q) CHNE", "asian"),
        ("ethnicity", "Refused", "unknown"),
        ("ethnicity", "NOBT", "unknown"),
        ("reason", "Domestic violence", "domestic-abuse"),
        ("reason", "16A", "neglect"),
        ("issue", "CCE", "criminal-exploitation"),
        ("outcome", "NFA", "no-further-action"),
        ("outcome", "CIN Referral", "new-referral"),
        ("da_kind", "Crimes", "crime"),
        ("agency", "CCS", "health"),
        ("breakdown", "age band", "age_band"),
    ],
)
def test_spellings_met_in_practice_are_understood(name: str, text: str, code: str) -> None:
    found = code_list(name).match(text)
    assert found is not None
    assert found.code == code


def test_all_census_codes_of_ethnicity_and_source_are_understood() -> None:
    ethnicity = "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
    source = "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"
    assert [code for code in ethnicity.split() if not code_list("ethnicity").match(code)] == []
    assert [code for code in source.split() if not code_list("source").match(code)] == []


def test_an_alias_that_stands_for_two_codes_stops_the_list(tmp_path: Path) -> None:
    path = tmp_path / "kinds.csv"
    path.write_text("code,label,aliases\none,One,same\ntwo,Two,Same\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"kinds\.csv: 'Same' stands for both one and two"):
        read_codes(path)


def test_a_list_file_names_the_line_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "kinds.csv"
    path.write_text("code,label,valid_from\none,One,\ntwo,Two,1 April\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"kinds\.csv, line 3"):
        read_codes(path)


@pytest.mark.parametrize(
    ("return_id", "old", "new", "field", "says"),
    [
        ("referrals", "frequency: monthly", "frequency: weekly", "frequency", "monthly"),
        (
            "referrals",
            "codes: ethnicity",
            "codes: ethnicities",
            "dimensions.2.codes",
            "no code list",
        ),
        (
            "referrals",
            "deadline_working_days: 10",
            "deadline_working_days: 0",
            "deadline_working_days",
            "1",
        ),
        ("gcp2", "dataset: GradedCareProfile", "dataset: Profile", "dataset", "GradedCareProfile"),
        ("police-da", "title: Domestic", "tittle: Domestic", "tittle", "Extra inputs"),
    ],
)
def test_a_wrong_definition_names_file_line_and_field(
    tmp_path: Path, return_id: str, old: str, new: str, field: str, says: str
) -> None:
    path = rewritten(tmp_path, return_id, old, new)
    with pytest.raises(DefinitionError) as caught:
        load(path, ReturnSpec)
    line = 1 + path.read_text(encoding="utf-8").split(new)[0].count("\n")
    fault = next(text for text in str(caught.value).splitlines() if f", {field}: " in text)
    assert fault.startswith(f"{path}, line {line}, {field}: ")
    assert says in fault


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("dimensions: [age_band, reason]", "dimensions: [reason, age_band]", "in the order"),
        ("dimensions: [age_band, reason]", "dimensions: [age_band, town]", "not declared: town"),
        (
            "dimensions: [age_band, reason]",
            "dimensions: [source, age_band, reason]",
            "more than two",
        ),
    ],
)
def test_a_margin_is_refused_when_it_is_not_agreed_or_too_fine(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(DefinitionError, match=says):
        load(rewritten(tmp_path, "referrals", old, new), ReturnSpec)


def test_a_folder_lists_the_faults_of_all_its_files(tmp_path: Path) -> None:
    rewritten(tmp_path, "referrals", "id: referrals", "id: referral")
    rewritten(tmp_path, "gcp2", "title: Graded Care Profile 2\n", "")
    with pytest.raises(DefinitionError) as caught:
        load_folder(tmp_path, ReturnSpec, named_by="id")
    assert "gcp2.yaml, line 1, title" in str(caught.value)
    assert "the file is named 'referrals'" in str(caught.value)


def test_lists_keep_the_columns_in_one_order() -> None:
    for name in LISTS:
        with (CODES / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            columns = next(csv.reader(file))
        assert columns[:7] == [
            "code", "label", "aliases", "group", "valid_from", "valid_to", "source",
        ], name  # fmt: skip
        assert columns[7:] in ([], ["successors"]), name  # only where codes were renamed or split


def test_a_list_suggests_the_nearest_code() -> None:
    reasons: CodeList = code_list("reason")
    suggestion = reasons.suggest("phisical abuse")
    assert suggestion is not None
    assert suggestion.code == "physical-abuse"
    assert reasons.suggest("weather") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Police - MASH", "police"),
        ("6 - Police", "police"),
        ("West Yorkshire Police", "police"),
        ("LA Services (internal)", "la-services"),
        ("School - Primary", "schools"),
        ("police / school", None),
        ("fire service", None),
        ("other thing", None),
    ],
)
def test_a_list_suggests_the_code_that_a_longer_text_names(text: str, code: str | None) -> None:
    suggestion = code_list("source").suggest(text)
    assert (suggestion and suggestion.code) == code
