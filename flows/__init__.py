"""The shell: command line, fetching, worker processes and Prefect flows."""
