"""Running steps in dependency order, independent ones side by side."""
