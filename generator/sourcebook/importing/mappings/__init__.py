"""The mappings that are built in, a YAML file each."""
