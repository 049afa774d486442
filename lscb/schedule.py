"""What the program does by itself, and when: the tasks that the scheduler rings for."""

from celery.schedules import crontab

BEAT = {
    "sweep waiting submissions": {"task": "performance.tasks.sweep", "schedule": 20.0},
    "delete files that belong to no submission": {
        "task": "performance.tasks.delete_strays",
        "schedule": crontab(minute="50"),
    },
    "tell each group what changed": {
        "task": "performance.tasks.send_digests",
        "schedule": crontab(hour="7", minute="0"),
    },
    "remind of returns": {
        "task": "performance.tasks.remind",
        "schedule": crontab(hour="8", minute="5"),
    },
    "remind of challenges": {
        "task": "performance.tasks.remind_challenges",
        "schedule": crontab(hour="8", minute="15"),
    },
    "forget old drafts of forms": {
        "task": "lscb.tasks.forget_drafts",
        "schedule": crontab(hour="3", minute="25"),
    },
    "remind of the business plan": {
        "task": "priorities.tasks.remind",
        "schedule": crontab(hour="8", minute="25"),
    },
    "remind of reviews and section 11": {
        "task": "reviews.tasks.remind",
        "schedule": crontab(hour="8", minute="35"),
    },
    "record how the business plan was kept": {
        "task": "priorities.tasks.record_figures",
        "schedule": crontab(hour="3", minute="45"),
    },
    "send what the register of reviews counts": {
        "task": "reviews.tasks.send_figures",
        "schedule": crontab(hour="3", minute="55"),
    },
    "record how challenges were answered": {
        "task": "performance.tasks.record_challenges",
        "schedule": crontab(hour="3", minute="30"),
    },
    "record how returns were kept": {
        "task": "performance.tasks.record_calendar",
        "schedule": crontab(hour="3", minute="35"),
    },
}
