//! The command line's words.

use simulation::{Campaign, Course, Defect};

/// How to call it.
pub const HELP: &str = "\
cargo xtask sim [--seeds N] [--from S] [--threads T] [--defect NAME]   run N courses (1,000), from seed S (0)
cargo xtask sim --defects [--seeds N]                                  the same, then every planted defect until it is caught
cargo xtask sim --seed S [--entries 1,2,3] [--defect NAME]             replay one with its whole transcript";

/// What to do.
pub enum Job {
    Help,
    Replay(Course),
    Campaign(Campaign),
    Defects(Campaign),
}

/// What was asked for.
pub struct Arguments {
    pub job: Job,
}

#[derive(Default)]
struct Words {
    seeds: Option<u64>,
    from: u64,
    threads: Option<usize>,
    seed: Option<u64>,
    entries: Option<Vec<usize>>,
    defect: Option<Defect>,
    all_defects: bool,
    help: bool,
}

impl Arguments {
    /// Reads the words of the command line.
    pub fn read(words: &[String]) -> Result<Arguments, String> {
        let mut read = Words::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            read.take(word, &mut words)?;
        }
        Ok(Arguments { job: read.job() })
    }
}

impl Words {
    fn take<'a>(&mut self, word: &str, rest: &mut impl Iterator<Item = &'a String>) -> Result<(), String> {
        let mut value = || rest.next().ok_or_else(|| format!("{word} needs a value"));
        match word {
            "--seeds" => self.seeds = Some(number(value()?)?),
            "--from" => self.from = number(value()?)?,
            "--threads" => self.threads = Some(number(value()?)?),
            "--seed" => self.seed = Some(number(value()?)?),
            "--entries" => {
                let list = value()?;
                let numbers = list.split(',').filter(|word| !word.is_empty()).map(number);
                self.entries = Some(numbers.collect::<Result<_, _>>()?);
            }
            "--defect" => {
                let name = value()?;
                self.defect = Some(Defect::named(name).ok_or_else(|| format!("there is no defect `{name}`"))?);
            }
            "--defects" => self.all_defects = true,
            "--help" | "-h" => self.help = true,
            other => return Err(format!("`{other}` means nothing here")),
        }
        Ok(())
    }

    fn job(self) -> Job {
        if self.help {
            return Job::Help;
        }
        if let Some(seed) = self.seed {
            return Job::Replay(Course {
                seed,
                defect: self.defect,
                entries: self.entries,
            });
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let campaign = Campaign {
            seeds: self.from..self.from.saturating_add(self.seeds.unwrap_or(1_000)),
            defect: self.defect,
            threads: self.threads.unwrap_or(cores),
        };
        if self.all_defects {
            Job::Defects(campaign)
        } else {
            Job::Campaign(campaign)
        }
    }
}

fn number<T: std::str::FromStr>(word: impl AsRef<str>) -> Result<T, String> {
    let word = word.as_ref();
    word.parse().map_err(|_| format!("`{word}` is not a number"))
}

/// The words that replay a course.
pub fn of(course: &Course) -> String {
    let mut words = format!("--seed {}", course.seed);
    if let Some(entries) = &course.entries {
        let list: Vec<String> = entries.iter().map(usize::to_string).collect();
        words.push_str(&format!(" --entries {}", list.join(",")));
    }
    if let Some(defect) = course.defect {
        words.push_str(&format!(" --defect {}", defect.name()));
    }
    words
}
