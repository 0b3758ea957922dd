"""Reading: from the bytes of input files to values with positions, and nothing of what they mean.

Only this package knows YAML's library; of sourcebook it knows the diagnostics alone.
"""
