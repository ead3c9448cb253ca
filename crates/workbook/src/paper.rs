//! One sheet to write on: text that can never be a formula, numbers, and formulas that carry the
//! figure they come to, so that a viewer that does not compute shows it too.
use money::Decimal;
use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError,
    utility::row_col_to_cell,
};

use crate::{
    column::{Kind, clean},
    number::float_of,
};

const INPUT_COLOR: u32 = 0x00ff_f8e1;
const COMPUTED_COLOR: u32 = 0x00f1_f3f4;
const HEADING_COLOR: u32 = 0x00d7_e8e4;
const LINE_COLOR: u32 = 0x00bd_c6c9;

const MONEY: &str = "#,##0.00;[Red]-#,##0.00";
const PERCENT: &str = "0.00%";

/// The looks of cells.
pub(crate) struct Formats {
    pub(crate) title: Format,
    pub(crate) note: Format,
    pub(crate) warning: Format,
    pub(crate) heading: Format,
    pub(crate) label: Format,
    /// Computed or fixed: not to be typed into.
    pub(crate) text: Format,
    pub(crate) money: Format,
    pub(crate) share: Format,
    pub(crate) whole: Format,
    pub(crate) factor: Format,
    pub(crate) strong_money: Format,
    pub(crate) strong_ratio: Format,
    input: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        let framed = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE_COLOR))
            .set_align(FormatAlign::Top);
        let computed = framed
            .clone()
            .set_background_color(Color::RGB(COMPUTED_COLOR));
        let strong = computed.clone().set_bold();
        Self {
            title: Format::new().set_bold().set_font_size(14),
            note: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            warning: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(0x00a8_3232)),
            heading: framed
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(HEADING_COLOR)),
            label: framed.clone().set_bold(),
            text: computed.clone().set_text_wrap(),
            money: computed.clone().set_num_format(MONEY),
            share: computed.clone().set_num_format(PERCENT),
            whole: computed.clone().set_num_format("0"),
            factor: computed.set_num_format("0.000000"),
            strong_money: strong.clone().set_num_format(MONEY),
            strong_ratio: strong.set_num_format("0.0000"),
            input: framed
                .set_background_color(Color::RGB(INPUT_COLOR))
                .set_unlocked(),
        }
    }

    /// The look of a cell to type into. Text cells are marked as text, so that what is typed there
    /// stays as it is typed.
    pub(crate) fn input(&self, kind: Kind) -> Format {
        let input = self.input.clone();
        match kind {
            Kind::Text | Kind::Grade | Kind::Word(_) | Kind::Library => {
                input.set_num_format("@").set_text_wrap()
            }
            Kind::Decimal => input.set_num_format(MONEY),
            Kind::Share => input.set_num_format(PERCENT),
            Kind::Whole(..) => input.set_num_format("0"),
        }
    }
}

/// A sheet with the looks to write in.
pub(crate) struct Paper<'a> {
    pub(crate) sheet: &'a mut Worksheet,
    pub(crate) formats: &'a Formats,
}

impl Paper<'_> {
    /// Text is always written as text, whatever it begins with.
    pub(crate) fn text(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(row, column, clean(text), format)?;
        Ok(())
    }

    /// A decimal text as a number.
    pub(crate) fn number(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match float_of(text) {
            Some(number) => self
                .sheet
                .write_number_with_format(row, column, number, format)?,
            None => self
                .sheet
                .write_string_with_format(row, column, clean(text), format)?,
        };
        Ok(())
    }

    /// A decimal as a number, with as many of its digits as a cell keeps.
    pub(crate) fn decimal(
        &mut self,
        row: u32,
        column: u16,
        value: Decimal,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match value.to_string().parse::<f64>() {
            Ok(number) => self
                .sheet
                .write_number_with_format(row, column, number, format)?,
            Err(_) => {
                self.sheet
                    .write_string_with_format(row, column, value.to_string(), format)?
            }
        };
        Ok(())
    }

    /// A decimal where there is one.
    pub(crate) fn decimal_or_blank(
        &mut self,
        row: u32,
        column: u16,
        value: Option<Decimal>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match value {
            Some(value) => self.decimal(row, column, value, format),
            None => self.blank(row, column, format),
        }
    }

    /// A count where there is one.
    pub(crate) fn count(
        &mut self,
        row: u32,
        column: u16,
        value: Option<u32>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.decimal_or_blank(row, column, value.map(Decimal::from), format)
    }

    /// A cell with nothing in it but its look.
    pub(crate) fn blank(
        &mut self,
        row: u32,
        column: u16,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_blank(row, column, format)?;
        Ok(())
    }

    /// A formula with the figure it comes to.
    pub(crate) fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        result: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(clean(result));
        self.sheet
            .write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }
}

/// `K14`.
pub(crate) fn at(row: u32, column: u16) -> String {
    row_col_to_cell(row, column)
}

/// A sheet's name as formulas say it.
pub(crate) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}
