"""What was learnt online: the agent's screen, the team's, the network's, and the counters below them."""
