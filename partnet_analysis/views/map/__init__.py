"""The interactive map."""

from partnet_analysis.views.map.geography import Geography
from partnet_analysis.views.map.partnership_map import PartnershipMap, map_html

__all__ = ["Geography", "PartnershipMap", "map_html"]
