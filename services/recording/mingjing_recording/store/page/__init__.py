"""What lists and pages show: only what is within the reach of who asks. Lists name nobody."""
