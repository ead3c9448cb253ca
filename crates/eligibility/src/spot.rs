//! Where one fact stands among the facts of an application, and putting another in its place.
use crate::fact::Fact;

/// A fact where it stands: a path without list, or a path below one item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    pub(crate) list: Option<(Vec<String>, usize)>,
    pub(crate) path: Vec<String>,
}

impl Spot {
    pub(crate) fn name(&self) -> String {
        let path = self.path.join(".");
        match &self.list {
            Some((list, item)) if path.is_empty() => format!("{}[{item}]", list.join(".")),
            Some((list, item)) => format!("{}[{item}].{path}", list.join(".")),
            None => path,
        }
    }

    pub(crate) fn put(&self, root: &Fact, fact: Fact) -> Option<Fact> {
        let mut changed = root.clone();
        let mut here = &mut changed;
        if let Some((list, item)) = &self.list {
            here = match here.entry(list)? {
                Fact::List(items) => items.get_mut(*item)?,
                Fact::Null | Fact::Bool(_) | Fact::Whole(_) | Fact::Text(_) | Fact::Object(_) => {
                    return None;
                }
            };
        }
        *here.entry(&self.path)? = fact;
        Some(changed)
    }
}
