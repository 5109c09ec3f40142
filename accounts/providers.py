"""What accounts gives to the other apps."""
