"""Files the program ships with; read through importlib.resources, so that a wheel works as a checkout does."""
