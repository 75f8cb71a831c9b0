from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from training.enums import (
    ASPECTS_OF_A_SPEAKER,
    ASPECTS_OF_THE_EVENT,
    EvaluationAspect,
    TestOccasion,
)
from training.models.event import Event
from training.models.event_figures import OF_ITS_ROW, OF_SCORE, out_of_date
from training.models.registration import Registration
from training.models.session import Speaker


class Question(models.Model):
    """A multiple-choice question of an event, the same before and after, so that gain shows."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("pertanyaan")
    options = ArrayField(models.CharField(max_length=200), verbose_name="pilihan jawaban")
    correct = models.PositiveSmallIntegerField(
        "jawaban benar", help_text="Urutan pilihan yang benar, mulai dari 1."
    )

    class Meta:
        verbose_name = "soal"
        verbose_name_plural = "soal"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="training_question_number_once",
                violation_error_message="Nomor soal ini sudah dipakai.",
            ),
            models.CheckConstraint(
                condition=Q(
                    correct__gte=1,
                    correct__lte=Func(
                        F("options"), 1, function="array_length", output_field=models.IntegerField()
                    ),
                ),
                name="training_question_has_its_answer",
                violation_error_message="Jawaban benar harus salah satu dari pilihan.",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"


class TestAttempt(models.Model):
    """The answers of one participant before or after the event. One attempt each."""

    __test__ = False  # pytest takes what begins with Test for a test

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="test_attempts"
    )
    occasion = models.CharField("saat", max_length=4, choices=TestOccasion)
    answers = models.JSONField("jawaban", help_text="Nomor soal dan urutan pilihan.")
    score = models.PositiveSmallIntegerField("nilai")
    handed_in_at = models.DateTimeField("dikirim pada", auto_now_add=True)

    class Meta:
        verbose_name = "pengerjaan tes"
        verbose_name_plural = "pengerjaan tes"
        triggers = [out_of_date(OF_ITS_ROW)]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "occasion"], name="training_testattempt_once"
            ),
            models.CheckConstraint(
                condition=Q(score__lte=100, occasion__in=TestOccasion),
                name="training_testattempt_score_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.registration.name}: {self.score}"


class Evaluation(models.Model):
    """What one participant thinks of the event. Officers read it without the name."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="evaluation"
    )
    comment = models.TextField("saran", max_length=1000, blank=True)
    handed_in_at = models.DateTimeField("dikirim pada", auto_now_add=True)

    class Meta:
        verbose_name = "evaluasi"
        verbose_name_plural = "evaluasi"
        triggers = [out_of_date(OF_ITS_ROW)]

    def __str__(self):
        return f"Evaluasi {self.registration_id}"


class EvaluationScore(models.Model):
    """One mark from 1 (poor) to 5 (very good): of the event, or of one of its speakers."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="scores")
    aspect = models.CharField("aspek", max_length=15, choices=EvaluationAspect)
    speaker = models.ForeignKey(Speaker, null=True, on_delete=models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField("nilai")

    class Meta:
        verbose_name = "nilai evaluasi"
        verbose_name_plural = "nilai evaluasi"
        triggers = [out_of_date(OF_SCORE)]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__range=(1, 5)), name="training_evaluationscore_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(aspect__in=ASPECTS_OF_THE_EVENT, speaker=None)
                | Q(aspect__in=ASPECTS_OF_A_SPEAKER, speaker__isnull=False),
                name="training_evaluationscore_of_event_or_speaker",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "aspect", "speaker"],
                nulls_distinct=False,
                name="training_evaluationscore_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_aspect_display()}: {self.score}"
