"""All dashboards, in the order in which they are looked at."""

from mingjing_deploy.dashboards.broker import BROKER
from mingjing_deploy.dashboards.deadlines import DEADLINES
from mingjing_deploy.dashboards.flow import FLOW
from mingjing_deploy.dashboards.overview import OVERVIEW
from mingjing_deploy.dashboards.service import SERVICE

BOARDS = (OVERVIEW, FLOW, SERVICE, BROKER, DEADLINES)
