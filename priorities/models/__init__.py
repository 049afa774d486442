"""What the business plan is made of: priorities, actions with milestones, risks, campaigns, the voice of the child.

Nothing here names a child: texts are checked for what identifies somebody before they are stored. What a source does
not state is empty, never 0.
"""

from priorities.models.base import Owned, Record
from priorities.models.priorities import Judgement, Priority, known_indicators
from priorities.models.reach import Campaign, Voice
from priorities.models.risks import Risk, RiskScore
from priorities.models.work import Milestone, PlanAction

__all__ = [
    "Campaign",
    "Judgement",
    "Milestone",
    "Owned",
    "PlanAction",
    "Priority",
    "Record",
    "Risk",
    "RiskScore",
    "Voice",
    "known_indicators",
]
