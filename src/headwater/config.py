"""Settings, merged once: defaults, `headwater.toml`, environment, command line."""
