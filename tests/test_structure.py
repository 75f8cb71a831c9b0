"""What the style guide promises and a machine can check."""

import re
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import PROTECT, ForeignKey

from config.celery import app as celery_app
from partnerships.arrows import AGREEMENT_MOVES, AMENDMENT_MOVES
from partnerships.models import Agreement, Amendment
from programs.arrows import ENROLMENT_MOVES, MENTORING_MOVES
from programs.models import Enrolment, HistoryEntry, MentoringTask
from programs.transitions import arrows
from subsidies.arrows import APPLICATION_MOVES, DISBURSEMENT_MOVES, VISIT_MOVES
from subsidies.enums import Stage
from subsidies.models import Application, Disbursement, Visit
from subsidies.models.application_queries import STAGE_IS
from subsidies.stages import STAGES
from training.diklat_arrows import BATCH_MOVES, TRAINEE_MOVES
from training.diklat_enums import BatchStatus, TraineeStage
from training.diklat_stages import BATCH_STAGES, TRAINEE_STAGES
from training.models import Batch, Trainee

ROOT = Path(__file__).resolve().parent.parent
OUR_APPS = ["programs", "partnerships", "training", "subsidies"]
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]
HISTORIES = [model for model in OUR_MODELS if issubclass(model, HistoryEntry)]
PYTHON = [path for app in [*OUR_APPS, "config"] for path in (ROOT / app).rglob("*.py")]
BANNED = {
    "utils.py", "helpers.py", "common.py", "core.py", "services.py", "selectors.py",
    "managers.py", "misc.py",
}  # fmt: skip


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_constraint_carries_the_name_of_its_app(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(f"{model._meta.app_label}_")


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model._meta.label)
def test_nothing_that_has_a_history_can_be_deleted(model):
    links = [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]

    assert {link.remote_field.on_delete for link in links} == {PROTECT}


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model._meta.label)
def test_every_history_is_append_only(model):
    assert "append_only" in {trigger.name for trigger in model._meta.triggers}


@pytest.mark.parametrize(
    ("model", "moves"),
    [
        (Application, APPLICATION_MOVES),
        (Visit, VISIT_MOVES),
        (Disbursement, DISBURSEMENT_MOVES),
        (Batch, BATCH_MOVES),
        (Trainee, TRAINEE_MOVES),
        (Agreement, AGREEMENT_MOVES),
        (Amendment, AMENDMENT_MOVES),
        (Enrolment, ENROLMENT_MOVES),
        (MentoringTask, MENTORING_MOVES),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_python_and_the_database_read_the_same_arrows(model, moves):
    trigger = next(t for t in model._meta.triggers if isinstance(t, pgtrigger.FSM))

    assert sorted(trigger.transitions) == arrows(moves)


def test_every_stage_has_its_words_and_its_condition():
    assert set(STAGES) == set(STAGE_IS) == set(Stage)
    assert set(TRAINEE_STAGES) == set(TraineeStage)
    assert set(BATCH_STAGES) == set(BatchStatus)


def test_a_module_is_named_for_its_subject_and_stays_short():
    written = [path for path in PYTHON if "migrations" not in path.parts]

    assert [path for path in PYTHON if path.name in BANNED] == []
    assert [path for path in written if len(path.read_text().splitlines()) > 400] == []


def test_a_file_of_the_register_is_one_noun():
    for path in (ROOT / "programs" / "models").glob("*.py"):
        assert len(path.read_text().splitlines()) <= 170, path


def test_no_import_hides_inside_a_function():
    hidden = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PYTHON
        if "migrations" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.match(r"\s+(from \S+ import|import \S+)\b", line) and "  # late: " not in line
    ]

    assert hidden == []


def test_celery_knows_every_task_that_the_clock_starts():
    celery_app.loader.import_default_modules()

    scheduled = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
    assert scheduled <= set(celery_app.tasks)
    assert all("expires" in entry["options"] for entry in celery_app.conf.beat_schedule.values())
