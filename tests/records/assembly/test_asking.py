"""Whatever folder is read, its questions can be answered in any way, and then it is read as was decided."""

import tempfile
import tomllib
from pathlib import Path
from random import Random

import pytest

from partnet_analysis.config import Config
from partnet_analysis.errors import InputError
from partnet_analysis.records.assembly.asking import OpenFolder
from partnet_analysis.records.assembly.explaining import explained_file
from partnet_analysis.records.assembly.questions import LATER, Question, answered, changes, is_of_whole_file
from partnet_analysis.store.decisions import with_rule
from tests.records.conftest import Read
from tests.records.sheets.writing.any_layout import LAYOUTS, write

_FREE = {"day": "05/03/2024", "year": "2024", "name": "Service Vie locale", "zone": "Europe/Paris"}
_MOST_QUESTIONS = 60


def _any_answer(question: Question, chance: Random) -> str:
    choices = [choice for choice in question.choices if choice != LATER] + (
        [_FREE[question.takes]] if question.takes else []
    )
    answer = answered(question, chance.choice(choices))
    assert answer is not None, question
    return answer


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_answers_lead_to_a_folder_that_asks_no_more(layout: str, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 (no secret)
    written = write(layout, chance.choice(LAYOUTS[layout].suffixes), "fr", seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, content in written.files.items():
            (folder / name).write_bytes(content)
        config = Config.load(folder)
        opened, text, seen = OpenFolder(folder, config), "", set[str]()
        for _ in range(_MOST_QUESTIONS):
            fresh = [question for question in opened.questions(config) if question.question_id not in seen]
            if not fresh:
                break
            seen.add(fresh[0].question_id)
            decided = changes(fresh[0], _any_answer(fresh[0], chance))
            if "time_zone" not in decided:
                text = with_rule(text, fresh[0].file, fresh[0].sheets, decided, whole=is_of_whole_file(fresh[0]))
                config = Config.model_validate(tomllib.loads(text))
        else:
            raise AssertionError(seen)
        for name in written.files:
            if name not in {"partnet.toml", "aliases.csv"}:
                assert explained_file(folder, config, name)


def test_an_answer_is_a_number_a_choice_or_what_is_asked_for() -> None:
    day = Question("x", "day", choices=("skip", "later"), takes="day")

    assert [answered(day, text) for text in ("1", "later", " 05/03/2024 ", "", "3", "hier", "31/02/2024")] == [
        "skip",
        "later",
        "2024-03-05",
        "later",
        None,
        None,
        None,
    ]
    assert [answered(Question("x", "year", takes="year"), text) for text in ("2024", "24")] == ["2024", None]
    assert [answered(Question("x", "time_zone", takes="zone"), text) for text in ("Europe/Paris", "Lutece")] == [
        "Europe/Paris",
        None,
    ]
    assert [answered(Question("x", "caller", takes="name"), text) for text in ("Ville", "12")] == ["Ville", None]


def test_a_question_left_for_later_changes_nothing() -> None:
    assert changes(Question("x", "day"), LATER) == {}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        OpenFolder(tmp_path / "nowhere", Config())


def test_asking_reads_and_writes_nothing(read: Read, tmp_path: Path) -> None:
    read({"gt.csv": "Structure;05/03/2024;06/04/2024\nMJC;P;ob\nCCAS;P;P\n"})
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    (question,) = OpenFolder(tmp_path, Config()).questions(Config())

    assert (question.kind, question.about, question.cell) == ("status", "ob", "C2")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
