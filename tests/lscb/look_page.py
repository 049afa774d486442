"""A page with every part of the look, from figures made up for it."""

from types import SimpleNamespace

SPARK = (
    '<svg class="spark" viewBox="0 0 190 44" width="190" height="44" role="img" '
    'aria-label="12 months, latest 260"><rect x="0" y="7" width="190" height="30" class="band"/>'
    '<path d="M0 22H190" class="mean"/><path d="M4 23 20 18 36 24 53 16 69 26 85 22 101 27 117 27 134 13 150 22 '
    '166 23 182 24" class="line"/><circle cx="134" cy="13" r="2.6" class="special"/>'
    '<circle cx="182" cy="24" r="3.2" class="last"/></svg>'
)

PAGE = """{% extends "base.html" %}{% load lscb %}
{% block title %}Quarter 4, 2024/25{% endblock %}
{% block body_class %}landscape{% endblock %}
{% block breadcrumbs %}{% include "parts/breadcrumbs.html" %}{% endblock %}
{% block crumb %}Quarterly scorecard · Luton{% endblock %}
{% block heading %}Quarter 4, 2024/25{% endblock %}
{% block lede %}January to March 2025. {% chip "amber" "Provisional edition" %} Data as accepted on 28 April 2025.{% endblock %}
{% block actions %}<a class="govuk-button quiet" href="#a">Compare editions</a>
<a class="govuk-button approve" href="#b">Approve edition</a>{% endblock %}
{% block content %}
<section class="brief">
<div><h2>What changed</h2><ol><li><b>Conversion of contacts</b> is at a new, higher level: 26.1%, up from 17.6%.
<a href="#c">See why</a></li><li><b>Referrals</b>: usual variation; similar to England.</li></ol></div>
<div><h2>What is missing</h2><ul class="plain"><li><b>GCP2, March</b>
<span class="meta">Cambridgeshire Community Services, 6 working days late</span></li></ul></div>
<div><h2>To decide</h2><ul class="plain"><li><b>Agree the band for conversion</b>
<span class="meta">Proposed 22 to 30%</span></li></ul></div>
</section>
<div class="switch" role="group" aria-label="Group by"><span>Group by</span>
<a href="#d" aria-current="true">Priority</a><a href="#e">Balanced scorecard</a><span class="grow"></span>
<a href="#f">Signals only</a></div>
<table class="figures cards" role="table">
<thead><tr><th scope="col">Indicator</th><th scope="col" class="num">Latest quarter</th>
<th scope="col">Last 12 to 24 months</th><th scope="col" class="num">On last quarter</th>
<th scope="col" class="num">On same quarter last year</th><th scope="col" class="num">Year to date</th>
<th scope="col">Target</th><th scope="col">Variation</th><th scope="col">What this tells us</th></tr></thead>
<tbody><tr class="section"><th colspan="9" scope="rowgroup">Domestic abuse</th></tr>
{% for row in rows %}<tr><th scope="row" class="wide"><a href="#g">{{ row.title }}</a>
<span class="meta">{{ row.owner }}</span></th>
<td class="num" data-label="Latest quarter"><span><span class="value{% if not row.value %} missing{% endif %}">
{{ row.value|default:"—" }}</span><span class="meta">{{ row.under }}</span></span></td>
<td data-label="Last 12 to 24 months">{{ spark|safe }}</td>
<td class="num" data-label="On last quarter"><span>{{ row.change }}<span class="meta">{{ row.relative }}</span></span></td>
<td class="num missing" data-label="On same quarter last year">{{ "not available"|missing }}</td>
<td class="num" data-label="Year to date">{{ row.year|count }}</td>
<td data-label="Target">{% chip row.chip row.target %}</td>
<td data-label="Variation">{% variation row.variation %}</td>
<td class="say">{{ row.say }}</td></tr>{% endfor %}</tbody></table>
{% include "parts/variation_key.html" %}
<h2>Boxes and words</h2>
<div class="two"><div class="panel"><h3>A panel</h3><dl class="facts"><dt>Definition</dt><dd>Referrals that children’s
social care accepted, counted once each.</dd><dt>Checksum</dt>
<dd>3b1f7a4c9d02e8b6aa51f0c7d4e9812f6b3c0a5d7e8f90123456789abcdef012</dd></dl></div>
<div><div class="message success" role="status"><p>12 rows were accepted.</p></div>
<div class="message warning"><p>The 11 sources add to 230, but the total is 231.</p></div>
<div class="message error"><p>The file was refused: 3 problems.</p></div></div></div>
<ul class="tiles"><li class="tile"><h3><a href="#h">Front door</a></h3><p class="meta">Who contacts us, and why?</p></li>
<li class="tile"><h3><a href="#i">Domestic abuse</a></h3><p class="meta">Is it a signal, or noise?</p></li></ul>
<form class="filters"><div class="govuk-form-group"><label class="govuk-label" for="area">Area</label>
<select class="govuk-select" id="area"><option>Luton</option></select></div>
<button class="govuk-button">Show</button></form>
<p>{% for state in states %}{% chip state|state_kind state %} {% endfor %}</p>
<div class="box" role="region" aria-label="Problems" tabindex="0"><table class="figures"><caption>Problems</caption>
<thead><tr><th scope="col" class="num">Row</th><th scope="col">Column</th><th scope="col">What is wrong</th>
<th scope="col">What to do</th></tr></thead><tbody><tr><td class="num">14</td><td>age_band</td>
<td>“1-4 yrs” is not one of the codes.</td><td>Write 1-4.</td></tr></tbody></table></div>
<details class="more"><summary>Where the numbers come from</summary><p>From two submissions.</p></details>
{% include "parts/pagination.html" with page=page what="submissions" %}
{% endblock %}"""

ROWS = [
    ("Domestic abuse crimes recorded", "794", "−5", "−0.6%", 3215, "grey", "No target", "common"),
    ("Domestic incidents", "543", "−45", "−7.7%", 2216, "green", "Met", "improvement-low"),
    (
        "Referrals to social care",
        "797",
        "+26",
        "+3.4%",
        3130,
        "amber",
        "Near target",
        "concern-high",
    ),
    (
        "Contacts that became referrals",
        "26.1%",
        "+0.4 points",
        "",
        None,
        "green",
        "In band",
        "special-high",
    ),
    ("Graded Care Profile 2 completed", "", "—", "", 9, "red", "Below target", "concern-low"),
    ("Places filled", "105.8%", "−32.1 points", "", None, "green", "Met", "few"),
    ("School attendance", "", "—", "", None, "grey", "No target", "none"),
]

CONTEXT = {
    "trail": [("Home", "/"), ("Scorecard", "/look/")],
    "spark": SPARK,
    "area": SimpleNamespace(synthetic=True, name="Demonstration area"),
    "rows": [
        {
            "title": title,
            "owner": "Police · DA01 · to Mar 2025",
            "value": value,
            "under": "in the quarter" if value else "2 of 3 months",
            "change": change,
            "relative": relative,
            "year": year,
            "chip": chip,
            "target": target,
            "variation": variation,
            "say": "Nothing in the twelve months is a signal. October and November were the lowest.",
        }
        for title, value, change, relative, year, chip, target, variation in ROWS
    ],
    "states": [
        "received",
        "processing",
        "refused",
        "needs-answers",
        "ready",
        "accepted",
        "superseded",
        "withdrawn",
        "failed",
    ],
    "page": SimpleNamespace(
        number=2,
        has_previous=True,
        has_next=True,
        previous_page_number=1,
        next_page_number=3,
        paginator=SimpleNamespace(num_pages=7),
    ),
}
