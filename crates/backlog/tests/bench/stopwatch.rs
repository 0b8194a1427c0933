//! How long something takes: medians of many rounds, by the machine's clock or the browser's.

/// Runs, and then rounds, that warm the machine and its compilers and do not count.
const WARM_UP: usize = 5;
const ROUNDS: usize = 31;
/// A round lasts at least so many milliseconds: browsers tell the time in steps of a tenth.
const ROUND: f64 = 20.0;

/// Prints the median of what one run of the work takes, in milliseconds.
pub fn measure(what: &str, mut work: impl FnMut()) {
    // The first runs are slower than those that count.
    let once = (0..WARM_UP).map(|_| time(&mut work)).fold(ROUND, f64::min);
    let runs = (ROUND / once.max(0.001)).ceil().clamp(1.0, 10_000.0) as u32;
    let mut samples: Vec<f64> = (0..WARM_UP + ROUNDS)
        .map(|_| time(|| (0..runs).for_each(|_| work())) / f64::from(runs))
        .skip(WARM_UP)
        .collect();
    samples.sort_by(f64::total_cmp);
    let (least, median) = (samples[0], samples[ROUNDS / 2]);
    print(&format!(
        "bench {what}: {median:.3} ms (least {least:.3}, {ROUNDS} rounds of {runs})"
    ));
}

fn time(work: impl FnOnce()) -> f64 {
    let began = now();
    work();
    now() - began
}

/// Milliseconds since some moment.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::disallowed_methods, reason = "a measurement is about the clock")]
fn now() -> f64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_secs_f64() * 1_000.0
}

/// Milliseconds since some moment.
#[cfg(target_arch = "wasm32")]
fn now() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into()).expect("browsers have it");
    let now = js_sys::Reflect::get(&performance, &"now".into()).expect("a function");
    let now: js_sys::Function = now.into();
    now.call0(&performance)
        .ok()
        .and_then(|now| now.as_f64())
        .expect("a number")
}

/// Prints a line of figures.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "the figures are what a measurement is for")]
pub fn print(line: &str) {
    println!("{line}");
}

/// Prints a line of figures.
#[cfg(target_arch = "wasm32")]
pub fn print(line: &str) {
    wasm_bindgen_test::console_log!("{line}");
}
