//! What runs came to, in lines for a person.

use crate::run::Outcome;
use crate::witness::Count;
use std::collections::BTreeMap;
use std::fmt;

/// One run in one line.
pub fn line(outcome: &Outcome) -> String {
    let counted = |count: Count| outcome.counts.get(&count).copied().unwrap_or_default();
    let Outcome {
        seed,
        clients,
        drained,
        changes,
        verdict,
        ..
    } = outcome;
    let mut line = format!(
        "seed {seed}: {clients} clients, {} commands, {changes} changes; {} kill -9, {} restores, {} lost disks, {} clients dropped; drained in {:.1} \
         s; {}",
        counted(Count::Commands),
        counted(Count::Kills),
        counted(Count::Restores),
        counted(Count::Losses),
        counted(Count::Crashes),
        drained.as_secs_f32(),
        verdict.counts(),
    );
    if let Some(kept) = &outcome.kept {
        line.push_str(&format!("\n{verdict}everything is in {}", kept.display()));
    }
    line
}

/// All runs together.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    runs: usize,
    bad: Vec<u64>,
    broken: Vec<u64>,
    clients: usize,
    changes: usize,
    counts: BTreeMap<Count, u64>,
    heard: Vec<i64>,
    drained: Vec<f32>,
    findings: [usize; 5],
}

impl Summary {
    /// One run more.
    pub fn add(&mut self, outcome: &Outcome) {
        self.runs += 1;
        self.clients += outcome.clients;
        self.changes += outcome.changes;
        self.heard.extend(&outcome.heard);
        self.drained.push(outcome.drained.as_secs_f32());
        for (count, times) in &outcome.counts {
            *self.counts.entry(*count).or_default() += times;
        }
        let verdict = &outcome.verdict;
        let kinds = [
            &verdict.lost,
            &verdict.doubled,
            &verdict.divergent,
            &verdict.stuck,
            &verdict.unsound,
        ];
        for (sum, kind) in self.findings.iter_mut().zip(kinds) {
            *sum += kind.len();
        }
        if !verdict.is_clean() {
            self.bad.push(outcome.seed);
        }
    }

    /// A run that could not be carried out.
    pub fn add_broken(&mut self, seed: u64) {
        self.broken.push(seed);
    }

    /// Whether all runs were carried out and nothing was found.
    pub fn is_clean(&self) -> bool {
        self.bad.is_empty() && self.broken.is_empty()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [lost, doubled, divergent, stuck, unsound] = self.findings;
        writeln!(
            f,
            "{} runs, {} clients, {} changes in the histories: {lost} lost, {doubled} doubled, {divergent} divergent, {stuck} stuck, \
             {unsound} unsound",
            self.runs, self.clients, self.changes
        )?;
        let counts: Vec<String> = self
            .counts
            .iter()
            .map(|(count, times)| format!("{times} {count}"))
            .collect();
        writeln!(f, "{}", counts.join(", "))?;
        let mut heard = self.heard.clone();
        heard.sort_unstable();
        let mut drained = self.drained.clone();
        drained.sort_unstable_by(f32::total_cmp);
        writeln!(
            f,
            "from the server's stamp to another client's view, under faults: p50 {} ms, p99 {} ms; from calm to drained: p50 {:.1} s, \
             at most {:.1} s",
            at(&heard, 50),
            at(&heard, 99),
            at(&drained, 50),
            at(&drained, 100),
        )?;
        match (&*self.bad, &*self.broken) {
            ([], []) => Ok(()),
            (bad, broken) => writeln!(
                f,
                "seeds with findings: {bad:?}; seeds that could not be run: {broken:?}"
            ),
        }
    }
}

/// The value that so many of a hundred do not exceed, of sorted ones.
fn at<T: Copy + Default>(sorted: &[T], percent: usize) -> T {
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        assert_eq!(at(&sorted, 50), 5);
        assert_eq!(at(&sorted, 99), 10);
        assert_eq!(at(&sorted, 100), 10);
        assert_eq!(at(&[7], 1), 7);
        assert_eq!(at::<i64>(&[], 50), 0);
    }
}
