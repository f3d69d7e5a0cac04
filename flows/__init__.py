"""The flows: when, and in what order. They alone know Prefect, the clock and the environment."""
