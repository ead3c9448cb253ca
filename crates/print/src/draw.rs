//! From the draft to the file: the only place that speaks to the PDF library, and the only one with
//! floats, because the library's coordinates are floats. No figure of a document passes through one.
#![expect(
    clippy::float_arithmetic,
    reason = "coordinates of the drawing library; whole twentieths of a point before"
)]
use std::{
    collections::{BTreeMap, BTreeSet},
    num::{NonZeroU16, NonZeroU32},
};

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use explain::Language;
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime as PdfDate, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup,
        TagKind, TagTree,
    },
    text::{GlyphId, KrillaGlyph},
};

use crate::{
    PrintError, Printed,
    draft::{Draft, Kind, Look, NodeId, Piece, Tone},
    face::{Face, UNITS_PER_EM, drawable},
    unit::{POINT, Twips},
};

/// What the file says about itself.
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) language: Language,
    /// The document's own instant; files carry no other.
    pub(crate) created: DateTime<Utc>,
}

/// Points as the library takes them. Pages are far smaller than the largest `i16`.
fn points(twips: Twips) -> f32 {
    let (whole, part) = (twips.div_euclid(POINT), twips.rem_euclid(POINT));
    let float = |number: i32| f32::from(i16::try_from(number).unwrap_or(i16::MAX));
    float(whole) + float(part) / float(POINT)
}

fn color(tone: Tone) -> rgb::Color {
    let (red, green, blue) = match tone {
        Tone::Ink => (0x1d, 0x23, 0x2a),
        Tone::Muted => (0x53, 0x5d, 0x68),
        Tone::Accent => (0x0b, 0x5c, 0x55),
        Tone::Warning => (0xa8, 0x32, 0x32),
        Tone::Hairline => (0xbd, 0xc6, 0xc9),
        Tone::Shade => (0xe4, 0xef, 0xed),
        Tone::Pale => (0xf6, 0xf7, 0xf8),
    };
    rgb::Color::new(red, green, blue)
}

fn fill(tone: Tone) -> Fill {
    Fill {
        paint: color(tone).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn configuration() -> Result<Configuration, PrintError> {
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let configuration = accessible.finish();
    configuration.map_err(|error| PrintError::Writing(format!("{error:?}")))
}

/// Draws a draft. The file is tagged as PDF/UA-1 asks, and the library refuses to write one that is
/// not.
pub(crate) fn draw(face: &Face, draft: &Draft, about: &About) -> Result<Printed, PrintError> {
    let configuration = configuration()?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    document.set_metadata(metadata(about));
    let mut leaves = BTreeMap::<NodeId, Vec<Identifier>>::new();
    let mut missing = BTreeSet::new();
    let size = (points(draft.width), points(draft.height));
    for pieces in &draft.pages {
        let settings = PageSettings::from_wh(size.0, size.1)
            .ok_or_else(|| PrintError::Writing("the page has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for piece in pieces {
            draw_piece(&mut surface, face, piece, &mut leaves, &mut missing);
        }
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(about.language.tag().to_owned()));
    for root in &draft.roots {
        if let Some(group) = group(draft, *root, &mut leaves) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(draft));
    Ok(Printed {
        pdf: document
            .finish()
            .map_err(|error| PrintError::Writing(error.to_string()))?,
        pages: draft.pages.len(),
        missing: missing.into_iter().collect(),
    })
}

fn metadata(about: &About) -> Metadata {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = about.created;
    let date = PdfDate::new(u16::try_from(created.year()).unwrap_or(2000))
        .month(part(created.month()))
        .day(part(created.day()))
        .hour(part(created.hour()))
        .minute(part(created.minute()))
        .second(part(created.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(drawable(&about.title))
        .authors(vec![drawable(&about.author)])
        .creator("Plumbline".to_owned())
        .producer("Plumbline".to_owned())
        .language(about.language.tag().to_owned())
        .creation_date(date)
}

fn draw_piece(
    surface: &mut Surface<'_>,
    face: &Face,
    piece: &Piece,
    leaves: &mut BTreeMap<NodeId, Vec<Identifier>>,
    missing: &mut BTreeSet<char>,
) {
    match piece {
        Piece::Fill {
            left,
            top,
            width,
            height,
            tone,
        } => {
            let corner = (points(*left), points(*top));
            let rect = Rect::from_xywh(corner.0, corner.1, points(*width), points(*height));
            let mut path = PathBuilder::new();
            if let Some(rect) = rect {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                let decoration = Artifact::with_kind(ArtifactType::Layout);
                surface.start_tagged(ContentTag::Artifact(decoration));
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*tone)));
                surface.draw_path(&path);
                surface.end_tagged();
            }
        }
        Piece::Text {
            left,
            baseline,
            text,
            look,
            node,
        } => {
            let decoration = Artifact::with_kind(ArtifactType::PaginationOther);
            let tag = match node {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(decoration),
            };
            let identifier = surface.start_tagged(tag);
            let start = Point::from_xy(points(*left), points(*baseline));
            draw_text(surface, face, text, *look, start, missing);
            surface.end_tagged();
            if let Some(node) = node {
                leaves.entry(*node).or_default().push(identifier);
            }
        }
    }
}

fn draw_text(
    surface: &mut Surface<'_>,
    face: &Face,
    text: &str,
    look: Look,
    start: Point,
    missing: &mut BTreeSet<char>,
) {
    let em = f32::from(i16::try_from(UNITS_PER_EM).unwrap_or(i16::MAX));
    let glyphs: Vec<KrillaGlyph> = text
        .char_indices()
        .map(|(at, letter)| {
            let glyph = face.glyph(letter);
            if !glyph.known {
                missing.insert(letter);
            }
            KrillaGlyph::new(
                GlyphId::new(glyph.id),
                f32::from(glyph.advance) / em,
                0.0,
                0.0,
                0.0,
                at..at + letter.len_utf8(),
                None,
            )
        })
        .collect();
    let size = points(look.size);
    surface.set_fill(Some(fill(look.tone)));
    // The crate carries one weight: strong text is the same outline with an edge.
    surface.set_stroke(look.strong.then(|| Stroke {
        paint: color(look.tone).into(),
        width: size / 32.0,
        ..Stroke::default()
    }));
    surface.draw_glyphs(start, &glyphs, face.font.clone(), text, size, false);
}

/// A node with its children, and the text that belongs to it; none when there is nothing in it.
fn group(
    draft: &Draft,
    id: NodeId,
    leaves: &mut BTreeMap<NodeId, Vec<Identifier>>,
) -> Option<TagGroup> {
    let node = draft.nodes.get(id.0)?;
    let mut group = TagGroup::new(tag(&node.kind));
    let mut is_empty = true;
    for identifier in leaves.remove(&id).unwrap_or_default() {
        group.push(identifier);
        is_empty = false;
    }
    for child in &node.children {
        if let Some(child) = self::group(draft, *child, leaves) {
            group.push(child);
            is_empty = false;
        }
    }
    (!is_empty).then_some(group)
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Part(language) => Tag::Part.with_lang(Some((*language).to_owned())).into(),
        Kind::Heading { level, title } => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHeading => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHeading => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell { columns } => {
            let columns = NonZeroU32::new(*columns).filter(|columns| columns.get() > 1);
            Tag::TD.with_col_span(columns).into()
        }
    }
}

fn outline(draft: &Draft) -> Outline {
    let mut outline = Outline::new();
    for mark in &draft.marks {
        let top = Point::from_xy(0.0, points(mark.top));
        let destination = XyzDestination::new(mark.page, top);
        outline.push_child(OutlineNode::new(mark.title.clone(), destination));
    }
    outline
}
