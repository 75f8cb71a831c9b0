"""What the clock starts. A run that nobody fetched in time expires, so that none pile up."""

from datetime import timedelta

from celery.schedules import crontab


def every(minutes, task):
    return {
        "task": task,
        "schedule": timedelta(minutes=minutes),
        "options": {"expires": minutes * 60},
    }


def each_day_at(hour, minute, task):
    return {
        "task": task,
        "schedule": crontab(hour=hour, minute=minute),
        "options": {"expires": 6 * 60 * 60},
    }


def each_hour_at(minute, task):
    return {"task": task, "schedule": crontab(minute=minute), "options": {"expires": 55 * 60}}


SCHEDULE = {
    "send the mails that the queue lost": every(3, "programs.notifications.sweep_notifications"),
    "draw the papers that the queue lost": every(5, "programs.papers.sweep_papers"),
    "go on with campaign files that a worker left": every(
        5, "programs.campaign_tasks.sweep_campaign_imports"
    ),
    "count the figures of e-Smart": each_day_at(
        2, 20, "programs.workflow.esmart_figures.refresh_esmart_figures"
    ),
    "forget used forms and ended sessions": each_day_at(
        2, 30, "programs.tasks.forget_what_has_expired"
    ),
    "close the corrections that came too late": each_hour_at(
        10, "subsidies.tasks.lapse_overdue_corrections"
    ),
    "remind of corrections": each_day_at(7, 0, "subsidies.tasks.remind_corrections"),
    "remind of schemes that close soon": each_day_at(7, 0, "subsidies.tasks.remind_before_closing"),
    "close, begin and end events": every(1, "training.tasks.follow_the_clock"),
    "fill free places from the waiting lists": every(5, "training.tasks.fill_waiting_lists"),
    "remind participants of events": every(5, "training.tasks.remind_participants"),
    "go on with certificates that a worker left": every(5, "training.tasks.sweep_certificates"),
    "count the figures of concluded events": every(5, "training.tasks.count_figures"),
    "count the figures of all events": each_day_at(3, 10, "training.tasks.count_figures_anew"),
    "count the figures of all programs": each_day_at(
        3, 40, "programs.workflow.live_figures.recount_everything"
    ),
    "close, begin and end batches": each_hour_at(5, "training.diklat_tasks.advance_batches"),
    "remind of batches": each_day_at(7, 0, "training.diklat_tasks.remind_of_batches"),
    "remind of monthly sales": each_day_at(7, 0, "programs.sales_tasks.remind_of_sales"),
    "look after the IKM of e-Smart": each_day_at(2, 50, "programs.mentoring_tasks.look_after_ikm"),
    "remind mentors": each_day_at(7, 0, "programs.mentoring_tasks.remind_mentors"),
    "count the figures of link and match": each_day_at(
        2, 10, "partnerships.workflow.figures.refresh_figures"
    ),
    "end, renew and mark agreements": each_day_at(1, 0, "partnerships.tasks.advance_agreements"),
    "ask for reports of agreements": each_day_at(1, 30, "partnerships.tasks.ask_for_reports"),
    "remind of agreements": each_day_at(7, 0, "partnerships.tasks.remind_of_agreements"),
    "remind of follow-ups of memoranda": each_day_at(
        7, 0, "partnerships.memorandum_tasks.remind_of_follow_ups"
    ),
    "remind of certificates of products": each_day_at(
        7, 0, "programs.esmart_tasks.remind_of_expiring_certifications"
    ),
}
