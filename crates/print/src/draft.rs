//! A document before it is drawn: what stands where on which page, in integers, and the tree of
//! headings, paragraphs and tables that a screen reader follows.
use crate::unit::Twips;

/// A colour with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Text.
    Ink,
    /// Text that explains other text; dark enough to read.
    Muted,
    /// Headings and the budget line.
    Accent,
    /// A warning.
    Warning,
    /// Lines between rows.
    Hairline,
    /// Behind the heading of a table and the budget line.
    Shade,
    /// Behind rows below the line.
    Pale,
}

/// Something on a page. Text that belongs to no node is decoration: a page number, a repeated
/// heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Text {
        left: Twips,
        baseline: Twips,
        text: String,
        look: Look,
        node: Option<NodeId>,
    },
    /// A filled rectangle; lines are thin ones.
    Fill {
        left: Twips,
        top: Twips,
        width: Twips,
        height: Twips,
        tone: Tone,
    },
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) size: Twips,
    pub(crate) tone: Tone,
    pub(crate) strong: bool,
}

impl Look {
    pub(crate) const fn new(size: Twips, tone: Tone) -> Self {
        Self {
            size,
            tone,
            strong: false,
        }
    }

    pub(crate) const fn strong(self) -> Self {
        Self {
            strong: true,
            ..self
        }
    }

    /// From one baseline to the next.
    pub(crate) const fn leading(self) -> Twips {
        self.size * 7 / 5
    }

    /// From the top of a line to its baseline.
    pub(crate) const fn drop(self) -> Twips {
        (self.leading() - self.size) / 2 + self.size * 22 / 25
    }
}

/// A node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) usize);

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A part in one language; `en` or `zh-HK`.
    Part(&'static str),
    Heading {
        level: u16,
        title: String,
    },
    Paragraph,
    Table,
    Row,
    ColumnHeading,
    RowHeading,
    Cell {
        columns: u32,
    },
}

/// One node with its children; one that has text pieces has no children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) children: Vec<NodeId>,
}

/// An entry of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) title: String,
    pub(crate) page: usize,
    pub(crate) top: Twips,
}

/// A document laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Draft {
    pub(crate) width: Twips,
    pub(crate) height: Twips,
    pub(crate) pages: Vec<Vec<Piece>>,
    pub(crate) nodes: Vec<Node>,
    /// The nodes that have no parent.
    pub(crate) roots: Vec<NodeId>,
    pub(crate) marks: Vec<Mark>,
}

impl Draft {
    pub(crate) fn new(width: Twips, height: Twips) -> Self {
        Self {
            width,
            height,
            ..Self::default()
        }
    }

    /// A new node below `parent`.
    pub(crate) fn node(&mut self, parent: Option<NodeId>, kind: Kind) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node {
            kind,
            children: Vec::new(),
        });
        match parent.and_then(|parent| self.nodes.get_mut(parent.0)) {
            Some(parent) => parent.children.push(id),
            None => self.roots.push(id),
        }
        id
    }

    /// Puts something on the last page.
    pub(crate) fn put(&mut self, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.push(piece);
        }
    }
}
