"""Benchmarks, and the made-up reviews and browser that they share with the tests."""
