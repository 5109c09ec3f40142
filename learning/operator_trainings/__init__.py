"""What operators add to the catalogue: trainings, refreshers, immersion days, departmental meetings."""
