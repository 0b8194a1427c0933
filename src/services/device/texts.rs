//! Texts under names in IndexedDB: read, written and wiped by the beginning of their names. Knows nothing of what they say.

use super::DeviceError;
use gloo_events::EventListener;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, EventTarget, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

/// The one object store.
const STORE: &str = "texts";

/// When a write counts as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Once it outlives a loss of power.
    Strict,
    /// Once it outlives the page.
    Relaxed,
}

/// A database of texts, opened when it is first needed.
#[derive(Debug)]
pub struct Texts {
    database: &'static str,
    open: RefCell<Option<Open>>,
}

#[derive(Debug)]
struct Open {
    database: IdbDatabase,
    // A later page waits for this one to let go before it changes the database.
    _version_changes: EventListener,
}

impl Texts {
    /// The texts in the database of that name.
    pub const fn new(database: &'static str) -> Texts {
        Texts {
            database,
            open: RefCell::new(None),
        }
    }

    /// All texts whose names begin with `prefix`, by name.
    pub async fn read(&self, prefix: &str) -> Result<Vec<(String, String)>, DeviceError> {
        let transaction = self.begin("readonly", Durability::Relaxed).await?;
        let store = store(&transaction)?;
        let range = range(prefix)?;
        let names = store.get_all_keys_with_key(&range)?;
        let texts = store.get_all_with_key(&range)?;
        ended(&transaction).await?;
        let (names, texts) = (strings(&names)?, strings(&texts)?);
        Ok(names.into_iter().zip(texts).collect())
    }

    /// The names of all texts whose names begin with `prefix`, in order.
    pub async fn names(&self, prefix: &str) -> Result<Vec<String>, DeviceError> {
        let transaction = self.begin("readonly", Durability::Relaxed).await?;
        let range = range(prefix)?;
        let names = store(&transaction)?.get_all_keys_with_key(&range)?;
        ended(&transaction).await?;
        strings(&names)
    }

    /// Puts texts under names, all or none; no text lets go of the name.
    pub async fn write(&self, texts: &[(String, Option<String>)], durability: Durability) -> Result<(), DeviceError> {
        let transaction = self.begin("readwrite", durability).await?;
        let store = store(&transaction)?;
        for (name, text) in texts {
            let name = JsValue::from_str(name);
            match text {
                Some(text) => store.put_with_key(&JsValue::from_str(text), &name)?,
                None => store.delete(&name)?,
            };
        }
        commit(&transaction)?;
        ended(&transaction).await
    }

    /// Lets go of all texts whose names begin with `prefix`.
    pub async fn wipe(&self, prefix: &str) -> Result<(), DeviceError> {
        let transaction = self.begin("readwrite", Durability::Strict).await?;
        store(&transaction)?.delete(range(prefix)?.as_ref())?;
        commit(&transaction)?;
        ended(&transaction).await
    }

    // What is begun first is carried out first, for all that touch the same texts.
    async fn begin(&self, mode: &str, durability: Durability) -> Result<IdbTransaction, DeviceError> {
        if self.open.borrow().is_none() {
            let open = Open::new(self.database).await?;
            self.open.replace(Some(open));
        }
        let begun = match &*self.open.borrow() {
            Some(open) => begin(&open.database, mode, durability),
            None => Err(DeviceError::Missing),
        };
        if begun.is_err() {
            // The browser has closed it; the next one opens it again.
            self.open.replace(None);
        }
        begun
    }
}

impl Open {
    async fn new(name: &str) -> Result<Open, DeviceError> {
        let factory = gloo_utils::window().indexed_db().ok().flatten();
        let request = factory.ok_or(DeviceError::Missing)?.open_with_u32(name, 1)?;
        let made = request.clone();
        let _upgrade = EventListener::once(&request, "upgradeneeded", move |_| {
            if let Ok(database) = made.result() {
                // Where it fails, so does the opening.
                let _store = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
            }
        });
        if !first_of(&request, "success", &["error", "blocked"]).await {
            return Err(DeviceError::of(request.error().ok().flatten()));
        }
        let database: IdbDatabase = request.result()?.unchecked_into();
        let closed = database.clone();
        let version_changes = EventListener::new(&database, "versionchange", move |_| closed.close());
        Ok(Open {
            database,
            _version_changes: version_changes,
        })
    }
}

// By hand: the bindings have no durability yet.
fn begin(database: &IdbDatabase, mode: &str, durability: Durability) -> Result<IdbTransaction, DeviceError> {
    let options = Object::new();
    let word = match durability {
        Durability::Strict => "strict",
        Durability::Relaxed => "relaxed",
    };
    Reflect::set(&options, &JsValue::from_str("durability"), &JsValue::from_str(word))?;
    let method: Function = Reflect::get(database, &JsValue::from_str("transaction"))?.unchecked_into();
    let begun = method.call3(database, &JsValue::from_str(STORE), &JsValue::from_str(mode), &options)?;
    Ok(begun.unchecked_into())
}

fn store(transaction: &IdbTransaction) -> Result<IdbObjectStore, DeviceError> {
    Ok(transaction.object_store(STORE)?)
}

fn range(prefix: &str) -> Result<IdbKeyRange, DeviceError> {
    let (first, last) = (
        JsValue::from_str(prefix),
        JsValue::from_str(&format!("{prefix}\u{ffff}")),
    );
    Ok(IdbKeyRange::bound(&first, &last)?)
}

fn strings(request: &IdbRequest) -> Result<Vec<String>, DeviceError> {
    let values: Array = request.result()?.unchecked_into();
    Ok(values
        .iter()
        .map(|value| value.as_string().unwrap_or_default())
        .collect())
}

// Said at once: a transaction that is left to end by itself is given up when its page goes first. By hand: the bindings call
// it deprecated, which it is not; a browser without it ends the transaction by itself.
fn commit(transaction: &IdbTransaction) -> Result<(), DeviceError> {
    let method = Reflect::get(transaction, &JsValue::from_str("commit"))?;
    if let Some(method) = method.dyn_ref::<Function>() {
        method.call0(transaction)?;
    }
    Ok(())
}

async fn ended(transaction: &IdbTransaction) -> Result<(), DeviceError> {
    if first_of(transaction, "complete", &["abort", "error"]).await {
        Ok(())
    } else {
        Err(DeviceError::of(transaction.error()))
    }
}

/// Waits for the first of these events; whether it is the good one.
fn first_of(target: &EventTarget, good: &'static str, bad: &[&'static str]) -> impl Future<Output = bool> + use<> {
    let mut listeners = Vec::new();
    let promise = Promise::new(&mut |resolve, _| {
        for name in bad.iter().copied().chain([good]) {
            let resolve = resolve.clone();
            listeners.push(EventListener::once(target, name, move |_| {
                let is_good = JsValue::from_bool(name == good);
                // Resolving a promise has nothing to fail at.
                let _resolved = resolve.call1(&JsValue::UNDEFINED, &is_good);
            }));
        }
    });
    async move {
        let outcome = JsFuture::from(promise).await;
        drop(listeners);
        outcome.is_ok_and(|good| good.is_truthy())
    }
}

impl DeviceError {
    fn of(exception: Option<DomException>) -> DeviceError {
        match exception {
            Some(exception) if exception.name() == "QuotaExceededError" => DeviceError::Full,
            Some(exception) => DeviceError::Failed(exception.message()),
            None => DeviceError::Failed(String::new()),
        }
    }
}

impl From<JsValue> for DeviceError {
    fn from(thrown: JsValue) -> DeviceError {
        DeviceError::of(thrown.dyn_into().ok())
    }
}
