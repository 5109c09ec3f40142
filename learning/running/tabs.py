"""The tabs of a session for whoever runs it. Each room registers its own:

tabs.register(Tab("attendance", "learning:attendance", _("Attendance"), 20))

A tab's address takes the session's uuid; its template extends `learning/running/base.html` and its
context comes from `learning.running.frame.framed`.
"""

from ..tabs import Tab, Tabs

_tabs = Tabs("learning.run_session")
TABS, register, shown = _tabs.held, _tabs.register, _tabs.shown

__all__ = ["TABS", "Tab", "register", "shown"]
