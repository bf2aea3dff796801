"""What each section of the annual review says, one module for each."""
