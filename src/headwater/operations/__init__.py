"""One verb a file: settings in, report out. The command line calls only these."""
