//! The house's own tools: tidy, measure, benchmarks.

fn main() {}
