"""Drafts a task list from a plan, without a model: order, marks and estimates are computed."""
