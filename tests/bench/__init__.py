"""Benchmarks: every figure beside a baseline taken in the same run.

A machine that is slow today is slow for both, so the ratio is what to compare
with earlier runs; the absolute figures belong to the machine named above them.
"""
