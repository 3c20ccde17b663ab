"""What users write in config/, as typed and frozen values."""
