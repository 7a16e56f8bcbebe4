"""What programs ask for: tables as resources, queries, answers, and the OpenAPI document."""
