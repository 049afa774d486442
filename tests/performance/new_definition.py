"""The definition of an indicator that the program does not have, over counts that it has."""

SEEN_BY_POLICE = """\
id: DA90
title: Domestic abuse seen by the police
theme: Domestic abuse
owner: police
sender: Police, performance team
definition: Crimes and incidents of domestic abuse together.
why: Behind each of them may stand a child.
unit: count
aggregation: sum
polarity: none
polarity_source: Proposed for this test
strand: data
evidence: proposed
frequency: monthly
numerator_words: crimes and incidents
numerator:
  dataset: PoliceDomesticAbuse
  any_of: {kind: [crime, incident]}
source: The police return
author: Partnership data lead
checker: Performance Subgroup
next_review: 2027-05-31
changes:
  - {day: 2026-11-22, by: Partnership data lead, what: First definition.}
"""
