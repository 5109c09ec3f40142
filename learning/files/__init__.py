"""Files of training that the public does not read: documents for members, files of a session."""
