"""The tabs of a cohort for its trainers. Each room registers its own:

tabs.register(Tab("marking", "learning:cohort-marking", _("To mark"), 20))

A tab's address takes the cohort's uuid; its template extends `learning/following/base.html` and its
context comes from `learning.following.frame.framed`.
"""

from ..tabs import Tab, Tabs

_tabs = Tabs("learning.follow_cohort")
TABS, register, shown = _tabs.held, _tabs.register, _tabs.shown

__all__ = ["TABS", "Tab", "register", "shown"]
