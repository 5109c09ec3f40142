"""The screens that show who learnt what: the agent's, the manager's, the national team's."""
