//! How long generating takes, stage by stage, beside `serde_json` reading the same file.
//!
//! `cargo bench -p smithereen-codegen`

// A benchmark may stop at the first surprise; the macros of criterion make undocumented items.
#![allow(clippy::expect_used, missing_docs)]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use smithereen_codegen::{Generator, Model, Named, Operations, stages};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

fn model() -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/backup/2018-11-15/service-2.json");
    std::fs::read(path).expect("the vendored model of AWS Backup")
}

fn one_operation() -> Operations {
    Operations::Named(vec![Named::from("DescribeBackupJob")])
}

fn stages(criterion: &mut Criterion) {
    let json = model();
    let mut group = criterion.benchmark_group("backup");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(3));
    group.bench_function("serde_json::Value of the same file", |bencher| {
        bencher.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(&json)));
    });
    group.bench_function("model", |bencher| {
        bencher.iter(|| stages::parse(black_box(&json)));
    });
    group.bench_function("model + lower", |bencher| {
        bencher.iter(|| stages::lowered(black_box(&json)));
    });
    let service = stages::lowered(&json).expect("lowers");
    for (name, operations) in [("one", one_operation()), ("all", Operations::All)] {
        group.bench_function(format!("{name}: passes"), |bencher| {
            bencher.iter_batched(
                || (service.clone(), operations.clone()),
                |(service, operations)| stages::passed(service, operations),
                BatchSize::LargeInput,
            );
        });
        let passed = stages::passed(service.clone(), operations.clone()).expect("passes");
        group.bench_function(format!("{name}: emit"), |bencher| {
            bencher.iter(|| passed.emit());
        });
        group.bench_function(format!("{name}: render"), |bencher| {
            bencher.iter_batched(
                || passed.emit().expect("emits"),
                stages::Emitted::render,
                BatchSize::LargeInput,
            );
        });
        let generator = Generator::new("aws").model(Model::new("backup", json.clone(), operations));
        group.bench_function(format!("{name}: the whole run"), |bencher| {
            bencher.iter(|| generator.generate());
        });
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
