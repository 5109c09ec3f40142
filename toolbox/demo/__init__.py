"""The demonstration toolbox, as YAML files: one for each shelf or group of shelves."""
