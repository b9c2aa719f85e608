//! The counts as Prometheus reads them (text exposition format 0.0.4).

use std::fmt::{Display, Write as _};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use ovn_store::survey;

use crate::counters::{BOUNDS, CLASSES, Counters, STATUSES, Times};
use crate::site::Site;

/// Everything that is counted, with its meaning.
pub(super) fn of(site: &Site) -> String {
    let mut text = Text(String::with_capacity(8 * 1024));
    let inner = site.now();
    served(&mut text, &inner.counters);
    let (pages, bytes) = site.kept();
    text.gauge("ovn_cache_pages", "Pages in memory.", pages);
    text.gauge("ovn_cache_bytes", "Memory of the pages in memory, about.", bytes);
    edition(&mut text, site);
    if let Some(process) = survey::process() {
        let cpu = process.cpu.as_secs_f64();
        text.counter("process_cpu_seconds_total", "CPU time, user and system.", cpu);
        text.gauge("process_resident_memory_bytes", "Memory in use.", process.memory);
        text.gauge("process_open_fds", "Open files and sockets.", process.files);
        if let Some(most) = process.most_files {
            text.gauge("process_max_fds", "The most files and sockets that may be open.", most);
        }
        text.gauge("process_threads", "Threads.", process.threads);
    }
    text.0
}

fn served(text: &mut Text, counters: &Counters) {
    let get = |counter: &AtomicU64| counter.load(Relaxed);
    text.head(
        "ovn_requests_total",
        "counter",
        "Answers to readers, by kind of address and status.",
    );
    for (class, row) in CLASSES.iter().zip(&counters.answers) {
        for (status, count) in STATUSES.iter().zip(row) {
            let count = get(count);
            if count > 0 || *status == 200 {
                let status = if *status == 0 { "other".to_owned() } else { status.to_string() };
                text.line("ovn_requests_total", &[("class", class), ("status", &status)], count);
            }
        }
    }
    let rows: [(&str, &str, &AtomicU64); 8] = [
        ("ovn_response_bytes_total", "Bytes of the answers' bodies.", &counters.bytes),
        ("ovn_cache_hits_total", "Answers that were in memory.", &counters.hits),
        ("ovn_cache_misses_total", "Answers that had to be looked up or made.", &counters.misses),
        ("ovn_pages_made_total", "Pages that were made.", &counters.made),
        ("ovn_store_errors_total", "Times that the store could not be read.", &counters.failures),
        ("ovn_connections_total", "Readers' connections that were accepted.", &counters.accepted),
        (
            "ovn_connections_turned_away_total",
            "Readers' connections that were told to come back later.",
            &counters.turned_away,
        ),
        ("ovn_connections_open", "Readers' connections that are open.", &counters.open),
    ];
    for (name, help, counter) in rows {
        let kind = if name.ends_with("_total") { "counter" } else { "gauge" };
        text.one(name, kind, help, get(counter));
    }
    text.gauge(
        "ovn_requests_in_flight",
        "Requests that are being answered.",
        get(&counters.working),
    );
    let stopping = u8::from(counters.stopping.load(Relaxed));
    text.gauge("ovn_stopping", "Whether this process is on its way out.", stopping);
    times(text, &counters.times);
}

fn times(text: &mut Text, times: &Times) {
    let name = "ovn_request_seconds";
    text.head(name, "histogram", "Time from a request's head to its answer's.");
    let mut sum = 0;
    let bucket = "ovn_request_seconds_bucket";
    for (bound, count) in BOUNDS.iter().zip(&times.buckets) {
        sum += count.load(Relaxed);
        text.line(bucket, &[("le", &seconds(*bound).to_string())], sum);
    }
    sum += times.buckets.last().map_or(0, |count| count.load(Relaxed));
    text.line(bucket, &[("le", "+Inf")], sum);
    text.line("ovn_request_seconds_sum", &[], seconds(times.sum.load(Relaxed)));
    text.line("ovn_request_seconds_count", &[], sum);
}

/// Microseconds as seconds.
fn seconds(micros: u64) -> f64 {
    std::time::Duration::from_micros(micros).as_secs_f64()
}

fn edition(text: &mut Text, site: &Site) {
    let inner = site.now();
    let state = inner.reader.state();
    let up = u8::from(state.is_ok());
    text.gauge("ovn_store_up", "Whether the store can be read.", up);
    if let Ok(state) = state {
        text.gauge("ovn_record_entries", "Entries that are sealed and published.", state.size);
        let at = std::time::Duration::from_millis(state.at).as_secs_f64();
        text.gauge(
            "ovn_record_last_seal_seconds",
            "When the last of them was sealed, Unix time.",
            at,
        );
        let current = u8::from(site.watches(state.generation));
        text.gauge("ovn_current", "Whether readers are shown the last seal.", current);
    }
    if let Ok(staged) = inner.reader.staged() {
        text.gauge("ovn_record_staged", "Entries that are staged and not yet published.", staged);
    }
    if let Ok(held) = inner.reader.sealing() {
        let help = "Whether some process holds the right to seal, on any node.";
        text.gauge("ovn_sequencer_held", help, u8::from(held));
    }
    text.head("ovn_build_info", "gauge", "The program's version.");
    text.line("ovn_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
}

struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (place, (label, value)) in labels.iter().enumerate() {
            let _ = write!(self.0, "{}{label}=\"{value}\"", if place == 0 { '{' } else { ',' });
        }
        let end = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.0, "{end} {value}");
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.head(name, kind, help);
        self.line(name, &[], value);
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.one(name, "gauge", help, value);
    }

    fn counter(&mut self, name: &str, help: &str, value: impl Display) {
        self.one(name, "counter", help, value);
    }
}
