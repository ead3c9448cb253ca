//! Tables: columns of fixed width, cells that wrap, the heading again on every page, and bands
//! across all columns. A row stays on one page unless it is taller than one.
use crate::{
    draft::{Kind, Look, NodeId, Tone},
    flow::{Align, Flow},
    unit::{POINT, Twips},
    wrap::{self, Line},
};

const PAD: Twips = 7 * POINT / 2;
const HAIRLINE: Twips = POINT / 2;
const THICK: Twips = 2 * POINT;
/// The look of cells.
pub(crate) const BODY: Look = Look::new(8 * POINT, Tone::Ink);
/// The look of what explains a cell.
pub(crate) const SIDE: Look = Look::new(7 * POINT, Tone::Muted);
const HEAD: Look = Look::new(15 * POINT / 2, Tone::Ink).strong();

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) width: Twips,
    pub(crate) align: Align,
}

impl Column {
    pub(crate) fn new(heading: impl Into<String>, points: Twips, align: Align) -> Self {
        Self {
            heading: heading.into(),
            width: points * POINT,
            align,
        }
    }
}

/// One cell: texts below each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    pub(crate) texts: Vec<(String, Look)>,
    /// Whether it names its row.
    pub(crate) heads: bool,
}

impl Cell {
    /// An empty cell shows a dash, so that a reader who hears the table hears that it is empty.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let shown = if text.trim().is_empty() {
            ("–".to_owned(), SIDE)
        } else {
            (text, BODY)
        };
        Self {
            texts: vec![shown],
            heads: false,
        }
    }

    pub(crate) fn naming(mut self) -> Self {
        self.heads = true;
        self
    }

    pub(crate) fn and(mut self, text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.texts.push((text, look));
        }
        self
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Row {
    Cells(Vec<Cell>, Option<Tone>),
    /// A text across all columns; a heavy one has a thick line above.
    Band {
        text: String,
        heavy: bool,
    },
}

/// The lines of one cell with their looks.
type Lines = Vec<(Line, Look)>;

/// Writes a table; without headings where no column has one.
pub(crate) fn table(flow: &mut Flow, columns: &[Column], rows: &[Row]) {
    let node = flow.node(Kind::Table);
    let has_heading = columns.iter().any(|column| !column.heading.is_empty());
    let heading: Vec<Lines> = columns
        .iter()
        .map(|column| lines(flow, &[(column.heading.clone(), HEAD)], column.width))
        .collect();
    if has_heading {
        flow.need(height(&heading) + 3 * BODY.leading());
        let row = flow.draft.node(Some(node), Kind::Row);
        let cells: Vec<_> = columns
            .iter()
            .map(|_| Some(flow.draft.node(Some(row), Kind::ColumnHeading)))
            .collect();
        draw_heading(flow, columns, &heading, &cells);
    }
    let repeated = Repeated {
        columns,
        heading: has_heading.then_some(heading.as_slice()),
    };
    for row in rows {
        let parent = flow.draft.node(Some(node), Kind::Row);
        match row {
            Row::Cells(cells, tone) => repeated.cells(flow, cells, *tone, parent),
            Row::Band { text, heavy } => repeated.band(flow, text, *heavy, parent),
        }
    }
    line(flow, columns, HAIRLINE, Tone::Hairline);
}

/// A line as wide as the table.
fn line(flow: &mut Flow, columns: &[Column], thickness: Twips, tone: Tone) {
    flow.fill(flow.left(), table_width(columns), thickness, tone);
    flow.top += thickness;
}

fn lines(flow: &Flow, texts: &[(String, Look)], width: Twips) -> Lines {
    texts
        .iter()
        .flat_map(|(text, look)| {
            let lines = wrap::wrap(flow.face, text, look.size, width - 2 * PAD);
            lines.into_iter().map(|line| (line, *look))
        })
        .collect()
}

fn cell_height(lines: &[(Line, Look)]) -> Twips {
    lines.iter().map(|(_, look)| look.leading()).sum()
}

fn height(cells: &[Lines]) -> Twips {
    let tallest = cells.iter().map(|lines| cell_height(lines)).max();
    tallest.unwrap_or(0) + 2 * PAD
}

fn table_width(columns: &[Column]) -> Twips {
    columns.iter().map(|column| column.width).sum()
}

/// Draws the lines of a row of cells at the cursor and moves below them.
fn draw(
    flow: &mut Flow,
    columns: &[Column],
    cells: &[Lines],
    nodes: &[Option<NodeId>],
    height: Twips,
) {
    let top = flow.top;
    let mut left = flow.left();
    for ((column, lines), node) in columns.iter().zip(cells).zip(nodes) {
        flow.top = top + PAD;
        for (line, look) in lines {
            let place = (left + PAD, column.width - 2 * PAD);
            flow.write(line, place, column.align, *look, *node);
            flow.top += look.leading();
        }
        left += column.width;
    }
    flow.top = top + height;
}

fn draw_heading(flow: &mut Flow, columns: &[Column], heading: &[Lines], nodes: &[Option<NodeId>]) {
    let height = height(heading);
    flow.fill(flow.left(), table_width(columns), height, Tone::Shade);
    draw(flow, columns, heading, nodes, height);
}

/// What comes again on every page.
struct Repeated<'a> {
    columns: &'a [Column],
    heading: Option<&'a [Lines]>,
}

impl Repeated<'_> {
    /// On the pages that follow, the heading is decoration: a reader has heard it already.
    fn page(&self, flow: &mut Flow) {
        line(flow, self.columns, HAIRLINE, Tone::Hairline);
        flow.page();
        if let Some(heading) = self.heading {
            let nodes = vec![None; self.columns.len()];
            draw_heading(flow, self.columns, heading, &nodes);
        }
    }

    fn full_page(&self, flow: &Flow) -> Twips {
        flow.bottom() - flow.left() - self.heading.map_or(0, height)
    }

    fn cells(&self, flow: &mut Flow, cells: &[Cell], tone: Option<Tone>, parent: NodeId) {
        let nodes: Vec<_> = cells
            .iter()
            .map(|cell| {
                let kind = if cell.heads {
                    Kind::RowHeading
                } else {
                    Kind::Cell { columns: 1 }
                };
                Some(flow.draft.node(Some(parent), kind))
            })
            .collect();
        let mut rest: Vec<Lines> = self
            .columns
            .iter()
            .zip(cells)
            .map(|(column, cell)| lines(flow, &cell.texts, column.width))
            .collect();
        let tall = height(&rest);
        let is_cramped = flow.room() < 3 * BODY.leading();
        if tall > flow.room() && (tall <= self.full_page(flow) || is_cramped) {
            self.page(flow);
        }
        loop {
            let room = flow.room() - 2 * PAD;
            let now: Vec<Lines> = rest.iter_mut().map(|lines| take(lines, room)).collect();
            let tall = height(&now);
            line(flow, self.columns, HAIRLINE, Tone::Hairline);
            if let Some(tone) = tone {
                flow.fill(flow.left(), table_width(self.columns), tall, tone);
            }
            draw(flow, self.columns, &now, &nodes, tall);
            if rest.iter().all(Vec::is_empty) {
                break;
            }
            self.page(flow);
        }
    }

    fn band(&self, flow: &mut Flow, text: &str, heavy: bool, parent: NodeId) {
        let width = table_width(self.columns);
        let look = BODY.strong();
        let look = if heavy {
            Look {
                tone: Tone::Accent,
                ..look
            }
        } else {
            look
        };
        let lines = lines(flow, &[(text.to_owned(), look)], width);
        let tall = cell_height(&lines) + 2 * PAD;
        if flow.room() < tall + THICK {
            self.page(flow);
        }
        let (thickness, tone) = if heavy {
            (THICK, Tone::Accent)
        } else {
            (HAIRLINE, Tone::Hairline)
        };
        line(flow, self.columns, thickness, tone);
        flow.fill(flow.left(), width, tall, Tone::Shade);
        let columns = u32::try_from(self.columns.len()).unwrap_or(1);
        let node = flow.draft.node(Some(parent), Kind::Cell { columns });
        let whole = [Column {
            heading: String::new(),
            width,
            align: Align::Left,
        }];
        draw(flow, &whole, &[lines], &[Some(node)], tall);
    }
}

/// The first lines that fit into `room`, at least one.
fn take(lines: &mut Lines, room: Twips) -> Lines {
    let mut used = 0;
    let fitting = lines
        .iter()
        .take_while(|(_, look)| {
            used += look.leading();
            used <= room
        })
        .count();
    let rest = lines.split_off(fitting.max(1).min(lines.len()));
    std::mem::replace(lines, rest)
}
