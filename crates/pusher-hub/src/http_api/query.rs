//! A request's query as parameters, sorted, as they are signed. Knows no parameter's meaning.

use std::collections::BTreeMap;

use super::refusal::{Refusal, quote};

/// Parameters by their names in lower case, in order.
#[derive(Debug, Default)]
pub(super) struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads what follows the question mark.
    ///
    /// # Errors
    /// When a parameter is given twice: only one of them could be what was signed.
    pub fn parse(query: &str) -> Result<Self, Refusal> {
        let mut parameters = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let name = name.to_lowercase();
            if parameters.insert(name.clone(), value.into_owned()).is_some() {
                return Err(Refusal::BadRequest(format!("{}: given twice", quote(&name))));
            }
        }
        Ok(Self(parameters))
    }

    /// A parameter; one that is empty counts as missing.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Sets a parameter.
    pub fn set(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    /// All but the signature as `k1=v1&k2=v2`, nothing escaped.
    pub fn signed(&self) -> String {
        let signed = self.0.iter().filter(|(name, _)| *name != "auth_signature");
        let pairs: Vec<String> = signed.map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }

    /// All, escaped, for a URL.
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}
