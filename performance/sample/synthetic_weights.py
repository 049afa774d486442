"""The invented tendencies behind the synthetic area. None is an estimate of anything real.

Weights are relative. Months are counted from January (0); weekdays from Monday (0).
"""

Weights = dict[str, float]

SEASON = (1.0, 0.97, 1.07, 0.94, 1.04, 1.07, 1.04, 0.84, 1.02, 1.08, 1.07, 0.88)
SCHOOL_SHARE = (1.0, 0.9, 1.1, 0.7, 1.0, 1.1, 0.8, 0.1, 1.0, 1.0, 1.1, 0.7)
DAYS = (1.2, 1.1, 1.1, 1.1, 1.2, 0.5, 0.45)

SOURCES: Weights = {
    "police": 30,
    "schools": 22,
    "health": 13,
    "la-services": 9,
    "individual": 6,
    "internal": 5,
    "parent": 4,
    "family-partnership": 3,
    "other": 3,
    "other-legal": 2,
    "education-services": 2,
    "anonymous": 2,
    "housing": 1.5,
    "unknown": 0.5,
}

ISSUES: Weights = {
    "domestic-abuse": 16,
    "neglect": 16,
    "physical-abuse": 13,
    "parental-mental-health": 10,
    "emotional-abuse": 8,
    "child-mental-health": 8,
    "parenting-capacity": 8,
    "parental-substance-misuse": 7,
    "sexual-abuse": 5,
    "criminal-exploitation": 3,
    "sexual-exploitation": 2,
    "gangs": 1,
    "unborn": 2,
    "other-authority": 1,
    "other": 5,
    "unknown": 1,
}

ISSUES_BY_SOURCE: dict[str, Weights] = {
    "police": ISSUES
    | {"domestic-abuse": 90, "criminal-exploitation": 12, "gangs": 5, "child-mental-health": 4},
    "schools": ISSUES
    | {"neglect": 24, "physical-abuse": 26, "child-mental-health": 16, "unborn": 0},
    "education-services": ISSUES | {"neglect": 24, "child-mental-health": 16, "unborn": 0},
    "health": ISSUES | {"parental-mental-health": 22, "unborn": 12, "child-mental-health": 14},
    "other-legal": ISSUES | {"domestic-abuse": 30, "other-authority": 8},
}

OUTCOMES: Weights = {
    "new-referral": 25,
    "early-help": 19,
    "information-and-advice": 27,
    "no-further-action": 20,
    "open-case": 7,
    "child-protection-enquiry": 1,
    "other": 0.8,
    "unknown": 0.2,
}

OUTCOMES_BY_ISSUE: dict[str, Weights] = {
    "domestic-abuse": OUTCOMES | {"new-referral": 22, "information-and-advice": 32},
    "physical-abuse": OUTCOMES | {"new-referral": 38, "child-protection-enquiry": 4},
    "sexual-abuse": OUTCOMES | {"new-referral": 45, "child-protection-enquiry": 5},
    "neglect": OUTCOMES | {"new-referral": 30, "early-help": 28},
    "child-mental-health": OUTCOMES | {"new-referral": 12, "early-help": 30},
    "unborn": OUTCOMES | {"new-referral": 55},
    "other-authority": OUTCOMES | {"new-referral": 5, "other-authority": 60},
}

AGES: Weights = {"under-1": 9, "1-4": 20, "5-9": 26, "10-15": 32, "16-17": 12, "unknown": 0.4}

AGES_BY_REASON: dict[str, Weights] = {
    "unborn": {"unborn": 1},
    "neglect": AGES | {"under-1": 14, "1-4": 26, "10-15": 24, "16-17": 6},
    "domestic-abuse": AGES | {"under-1": 13, "1-4": 26, "16-17": 7},
    "child-mental-health": AGES | {"under-1": 0, "1-4": 1, "5-9": 12, "10-15": 55, "16-17": 30},
    "criminal-exploitation": AGES | {"under-1": 0, "1-4": 0, "5-9": 2, "10-15": 55, "16-17": 43},
    "sexual-exploitation": AGES | {"under-1": 0, "1-4": 0, "5-9": 3, "10-15": 58, "16-17": 38},
    "gangs": AGES | {"under-1": 0, "1-4": 0, "5-9": 1, "10-15": 52, "16-17": 47},
}

ETHNICITIES: Weights = {"white": 36, "asian": 34, "black": 14, "dual-heritage": 12, "other": 3}
