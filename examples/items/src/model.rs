//! What the page knows: the table, and the row that is being edited. A pure value: what happened goes in, the page shows what is
//! true then. Knows no browser and no network.

use std::collections::BTreeMap;

use crate::wire::{Change, Content, Item, Save, Snapshot, What};

/// The table as far as it is known here, and what is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// The revision of `items`; none before the first answer.
    rev: Option<u64>,
    /// The latest revision that was heard of.
    newest: u64,
    items: BTreeMap<u32, Item>,
    draft: Option<Draft>,
}

/// What is being written, and what it began from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The item as the person last saw it; none for a new one.
    pub base: Option<Item>,
    /// As typed.
    pub name: String,
    /// As typed.
    pub quantity: String,
}

/// What others did to the item that is being edited here.
#[derive(Debug, PartialEq, Eq)]
pub enum Theirs<'a> {
    /// Nothing that was not seen.
    Nothing,
    /// They saved this.
    Saved(&'a Item),
    /// They removed it.
    Removed,
}

/// What happened.
#[derive(Debug)]
pub enum Msg {
    /// The server answered with the whole table.
    Fetched(Snapshot),
    /// A change came, by the channel or as the answer to an own request.
    Heard(Change),
    /// The person began to edit an item.
    EditBegan(u32),
    /// The person began to write a new one.
    NewBegan,
    /// The person typed into the name.
    NameTyped(String),
    /// The person typed into the quantity.
    QuantityTyped(String),
    /// The person takes what the others made of it.
    TheirsTaken,
    /// The person has seen what the others made of it and goes on with the own text.
    TheirsLeft,
    /// The server has what was written, which then was this.
    DraftSaved(Draft),
    /// The person throws away what was written.
    DraftDropped,
}

impl Model {
    /// Takes in what happened.
    pub fn update(&mut self, msg: Msg) {
        match msg {
            Msg::Fetched(snapshot) => self.take_snapshot(snapshot),
            Msg::Heard(change) => self.take_change(change),
            Msg::EditBegan(id) => self.draft = self.items.get(&id).map(Draft::of),
            Msg::NewBegan => self.draft = Some(Draft::new()),
            Msg::NameTyped(text) => self.write(|draft| draft.name = text),
            Msg::QuantityTyped(text) => self.write(|draft| draft.quantity = text),
            Msg::TheirsTaken => {
                let id = self.edited();
                self.draft = id.and_then(|id| self.items.get(&id)).map(Draft::of);
            }
            Msg::TheirsLeft => {
                // A removed item is none any more: saving the draft adds it anew.
                let base = self.edited().and_then(|id| self.items.get(&id)).cloned();
                self.write(|draft| draft.base = base);
            }
            // What was typed since is kept.
            Msg::DraftSaved(sent) => drop(self.draft.take_if(|draft| *draft == sent)),
            Msg::DraftDropped => self.draft = None,
        }
    }

    /// Whether the table is known at all.
    pub fn is_loaded(&self) -> bool {
        self.rev.is_some()
    }

    /// The latest revision that was heard of, if the table here is older: then it must be fetched.
    pub fn missing(&self) -> Option<u64> {
        (self.rev < Some(self.newest)).then_some(self.newest)
    }

    /// The items in their order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// What is being written.
    pub fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// The id of the item that is being edited.
    pub fn edited(&self) -> Option<u32> {
        Some(self.draft.as_ref()?.base.as_ref()?.id)
    }

    /// What others did to it meanwhile.
    pub fn theirs(&self) -> Theirs<'_> {
        let Some(base) = self.draft.as_ref().and_then(|draft| draft.base.as_ref()) else {
            return Theirs::Nothing;
        };
        match self.items.get(&base.id) {
            None => Theirs::Removed,
            Some(item) if item.rev == base.rev => Theirs::Nothing,
            Some(item) => Theirs::Saved(item),
        }
    }

    /// A snapshot that is older than the table, because changes overtook it, is no news.
    fn take_snapshot(&mut self, snapshot: Snapshot) {
        if self.rev > Some(snapshot.rev) {
            return;
        }
        self.newest = self.newest.max(snapshot.rev);
        self.rev = Some(snapshot.rev);
        self.items = snapshot.items.into_iter().map(|item| (item.id, item)).collect();
    }

    /// Events may be lost, doubled or late. Only the very next revision is applied; a later one tells that some were missed.
    fn take_change(&mut self, change: Change) {
        self.newest = self.newest.max(change.rev);
        if self.rev.is_none_or(|rev| rev + 1 != change.rev) {
            return;
        }
        self.rev = Some(change.rev);
        match change.what {
            What::Saved(item) => drop(self.items.insert(item.id, item)),
            What::Removed(id) => drop(self.items.remove(&id)),
        }
    }

    fn write(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(draft) = &mut self.draft {
            change(draft);
        }
    }
}

impl Draft {
    fn new() -> Self {
        Self {
            base: None,
            name: String::new(),
            quantity: "1".to_owned(),
        }
    }

    fn of(item: &Item) -> Self {
        Self {
            base: Some(item.clone()),
            name: item.content.name().to_owned(),
            quantity: item.content.quantity().to_string(),
        }
    }

    /// What is to be sent; the error is a sentence for the person.
    pub fn save(&self) -> Result<Save, String> {
        let quantity = self.quantity.trim().parse();
        let quantity = quantity.map_err(|_| "The quantity is a whole number, 0 or more.".to_owned())?;
        let content = Content::new(&self.name, quantity)?;
        let seen = self.base.as_ref().map_or(0, |item| item.rev);
        Ok(Save { content, seen })
    }
}

#[cfg(test)]
mod tests;
