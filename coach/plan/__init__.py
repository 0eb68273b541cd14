"""From an uploaded file to the plan that stands in it."""
