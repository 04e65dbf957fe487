"""What articles of the constitution can enforce on derived code, one check a file."""
