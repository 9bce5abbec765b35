"""From a declaration to a form a person fills in; Experiment is the form of Settings."""
