"""What changes training data, one module for each subject."""
