//! The command line.
fn main() { let from: u64 = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(0); let n: u64 = std::env::args().nth(2).and_then(|a| a.parse().ok()).unwrap_or(1);
 let mut steps=0; let mut c = simulation::Counters::default(); let mut bad=0;
 for seed in from..from+n { let course = simulation::Course{seed, defect: None, entries: None}; let f = simulation::run(&course, simulation::Record::Nothing); steps+=f.steps; c.merge(&f.counters);
  if let Some(b)=f.breach { bad+=1; println!("seed {seed} step {} {b}", f.steps); if bad>15 {break;} } }
 println!("steps {steps}"); for (k,w) in simulation::Counter::ALL { print!("{w} {}; ", c.get(k)); } println!();
 if n==1 { let course = simulation::Course{seed: from, defect: None, entries: None}; let f = simulation::run(&simulation::shrink(&course), simulation::Record::Transcript); for l in f.transcript {println!("{l}");} } }
