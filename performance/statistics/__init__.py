"""Statistics: numbers in, numbers out. No Django, no files, no clock.

`rounding` exact numbers; `intervals` how sure a count, rate or percentage is;
`comparison` against a benchmark, funnel limits, neighbours; `changes` between two values; `disparity`
between groups; `spc` signal or noise in a series (with `special_causes`); `rare` the same for rare events.
"""
