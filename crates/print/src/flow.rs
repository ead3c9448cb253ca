//! The cursor that goes down a page: text and space are put where it stands, and it goes on to the
//! next page when there is no room.
use explain::Language;

use crate::{
    draft::{Draft, Kind, Look, Mark, NodeId, Piece, Tone},
    face::{Face, drawable},
    unit::{POINT, Twips},
    wrap::{self, Line},
};

/// Space kept for the foot of each page.
const FOOT: Twips = 30 * POINT;
const FOOT_LOOK: Look = Look::new(7 * POINT, Tone::Muted);

/// Which side of its place a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A document while it is laid out.
pub(crate) struct Flow {
    pub(crate) face: &'static Face,
    pub(crate) draft: Draft,
    margin: Twips,
    /// Where the next thing goes.
    pub(crate) top: Twips,
    part: Option<NodeId>,
}

impl Flow {
    pub(crate) fn new(face: &'static Face, (width, height): (Twips, Twips), margin: Twips) -> Self {
        Self {
            face,
            draft: Draft::new(width, height),
            margin,
            top: 0,
            part: None,
        }
    }

    /// A part of the document in one language, on a page of its own.
    pub(crate) fn part(&mut self, language: Language) {
        self.part = Some(self.draft.node(None, Kind::Part(language.tag())));
        self.page();
    }

    /// A new page.
    pub(crate) fn page(&mut self) {
        self.draft.pages.push(Vec::new());
        self.top = self.margin;
    }

    pub(crate) const fn left(&self) -> Twips {
        self.margin
    }

    /// Width of what can be written on.
    pub(crate) const fn width(&self) -> Twips {
        self.draft.width - 2 * self.margin
    }

    pub(crate) const fn bottom(&self) -> Twips {
        self.draft.height - self.margin - FOOT
    }

    /// What is left of the page.
    pub(crate) const fn room(&self) -> Twips {
        self.bottom() - self.top
    }

    /// Goes on to the next page unless there is this much room.
    pub(crate) fn need(&mut self, height: Twips) {
        if self.room() < height {
            self.page();
        }
    }

    pub(crate) fn node(&mut self, kind: Kind) -> NodeId {
        let part = self.part;
        self.draft.node(part, kind)
    }

    /// Writes a line into a column of the page, without moving on.
    pub(crate) fn write(
        &mut self,
        line: &Line,
        (left, width): (Twips, Twips),
        align: Align,
        look: Look,
        node: Option<NodeId>,
    ) {
        if line.text.is_empty() {
            return;
        }
        let left = match align {
            Align::Left => left,
            Align::Right => left + width - line.width,
        };
        let baseline = self.top + look.drop();
        self.draft.put(Piece::Text {
            left,
            baseline,
            text: line.text.clone(),
            look,
            node,
        });
    }

    /// A filled rectangle at the cursor, without moving on.
    pub(crate) fn fill(&mut self, left: Twips, width: Twips, height: Twips, tone: Tone) {
        let top = self.top;
        self.draft.put(Piece::Fill {
            left,
            top,
            width,
            height,
            tone,
        });
    }

    /// A line across the page.
    pub(crate) fn rule(&mut self, thickness: Twips, tone: Tone) {
        self.fill(self.left(), self.width(), thickness, tone);
        self.top += thickness;
    }

    pub(crate) fn space(&mut self, height: Twips) {
        self.top += height;
    }

    fn lines(&mut self, text: &str, look: Look, node: NodeId) {
        let column = (self.left(), self.width());
        for line in wrap::wrap(self.face, text, look.size, column.1) {
            self.need(look.leading());
            self.write(&line, column, Align::Left, look, Some(node));
            self.top += look.leading();
        }
    }

    /// A heading, which never stands alone at the foot of a page.
    pub(crate) fn heading(&mut self, level: u16, text: &str, look: Look) {
        self.need(look.leading() * 4);
        self.draft.marks.push(Mark {
            title: drawable(text),
            page: self.draft.pages.len().saturating_sub(1),
            top: self.top,
        });
        let title = drawable(text);
        let node = self.node(Kind::Heading { level, title });
        self.lines(text, look, node);
    }

    pub(crate) fn paragraph(&mut self, text: &str, look: Look) {
        if !drawable(text).trim().is_empty() {
            let node = self.node(Kind::Paragraph);
            self.lines(text, look, node);
        }
    }

    /// Text at the right edge, on a line of its own.
    pub(crate) fn right(&mut self, text: &str, look: Look) {
        let node = self.node(Kind::Paragraph);
        let column = (self.left(), self.width());
        for line in wrap::wrap(self.face, text, look.size, column.1) {
            self.need(look.leading());
            self.write(&line, column, Align::Right, look, Some(node));
            self.top += look.leading();
        }
    }

    /// The same lines at the foot of every page of the draft, and its number.
    pub(crate) fn finish(mut self, language: Language, foot: &[String]) -> Draft {
        let count = self.draft.pages.len();
        let pages = std::mem::take(&mut self.draft.pages);
        let column = (self.left(), self.width());
        for (number, page) in (1..).zip(pages) {
            self.draft.pages.push(page);
            self.top = self.bottom() + 8 * POINT;
            self.rule(POINT / 2, Tone::Hairline);
            self.space(3 * POINT);
            let words = match language {
                Language::En => format!("Page {number} of {count}"),
                Language::Zh => format!("第 {number} 頁，共 {count} 頁"),
            };
            let number = self.one_line(&words, column.1);
            self.write(&number, column, Align::Right, FOOT_LOOK, None);
            for text in foot {
                let line = self.one_line(text, column.1 - number.width - 10 * POINT);
                self.write(&line, column, Align::Left, FOOT_LOOK, None);
                self.top += FOOT_LOOK.leading();
            }
        }
        self.draft
    }

    /// What fits on one line of the foot.
    fn one_line(&self, text: &str, most: Twips) -> Line {
        let lines = wrap::wrap(self.face, text, FOOT_LOOK.size, most);
        lines.into_iter().next().unwrap_or(Line {
            text: String::new(),
            width: 0,
        })
    }
}
