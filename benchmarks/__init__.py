"""What is measured, against what; ``python -m benchmarks`` runs it all."""
