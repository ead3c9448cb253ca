//! What the workbook is, what it assumes, and how it comes back.
use rust_xlsxwriter::XlsxError;
use sroi::{ENGINE_NAME, ENGINE_VERSION, RateSpan, Rates, Timing};

use crate::{
    export::Source,
    language::{Language, Words},
    paper::Paper,
};

const HOW: [Words; 6] = [
    (
        "Type in the coloured cells of Stakeholders, Exclusions, Volunteers and Outcomes. Grey cells are computed or come from elsewhere.",
        "請在「持份者」、「不計算項目」、「義工」及「成效」各工作表的有色儲存格輸入。灰色儲存格為計算結果或來自其他地方的資料。",
    ),
    (
        "Calculation and Summary are live formulas: what you change shows there at once.",
        "「計算過程」及「摘要」均為公式，更改後即時反映。",
    ),
    (
        "Shares are percentages: type 15% or 0.15. A harm has a negative quantity.",
        "比率為百分比，請輸入15%或0.15。負面影響以負數量表示。",
    ),
    (
        "Keep the hidden third row and the first column of each sheet: rows are matched by them. Numbers keep at most 6 decimal places and 15 digits.",
        "請保留各工作表隱藏的第三行及首欄，系統以此配對。數字最多6個小數位及15個位數。",
    ),
    (
        "To bring your changes back, open the value map of the application, choose to import, and look at every changed cell before you accept. Nothing is stored before that.",
        "完成後，請在申請的價值圖選擇匯入，逐格核對更改後才接受；在此之前不會儲存任何內容。",
    ),
    (
        "A spreadsheet computes with 15 digits; the platform computes exactly. Totals agree to the cent for maps of ordinary size.",
        "試算表以15位數字計算，平台則精確計算；一般規模的價值圖，總值至仙位一致。",
    ),
];

/// Writes the sheet.
pub(crate) fn write(paper: &mut Paper<'_>, source: &Source<'_>) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let say = |words| source.say(words);
    paper.sheet.set_column_width(0, 26)?;
    paper.sheet.set_column_width(1, 90)?;
    paper.text(
        0,
        0,
        say(("Plumbline value map", "衡善價值圖")),
        &formats.title,
    )?;
    if source.meta.fictional {
        let words = say((
            "FICTIONAL DATA: every organisation, person and figure is made up.",
            "虛構資料：所有機構、人物及數字均屬虛構。",
        ));
        paper.text(1, 0, words, &formats.warning)?;
    }
    let mut row = 3;
    for (words, value) in facts(source) {
        paper.text(row, 0, say(words), &formats.label)?;
        paper.text(row, 1, &value, &formats.text)?;
        row += 1;
    }
    row += 1;
    paper.text(row, 0, say(("How to use it", "使用方法")), &formats.heading)?;
    for words in HOW {
        row += 1;
        paper.text(row, 1, say(words), &formats.note)?;
    }
    paper.text(
        row + 2,
        0,
        say(("To type into", "可輸入")),
        &formats.input(crate::column::Kind::Text),
    )?;
    paper.text(row + 3, 0, say(("Computed", "計算結果")), &formats.text)?;
    Ok(())
}

fn facts(source: &Source<'_>) -> Vec<(Words, String)> {
    let evaluation = source.evaluation;
    let request = evaluation.request();
    let timing = match request.timing {
        Timing::EndOfYear => (
            "End of year: year n is divided by (1 + rate)^n; year 0 is not discounted",
            "年終：第n年除以（1＋折現率）^n；第0年不折現",
        ),
        Timing::Year1Undiscounted => (
            "Year 1 not discounted: year n is divided by (1 + rate)^(n−1)",
            "首年不折現：第n年除以（1＋折現率）^（n−1）",
        ),
    };
    let mut facts = vec![
        (("Project", "項目"), source.meta.title.clone()),
        (("Application", "申請"), source.meta.reference.clone()),
        (
            ("Exported on", "匯出日期"),
            source.meta.exported_on.to_string(),
        ),
        (("Currency", "貨幣"), request.currency.clone()),
        (("Timing", "折現時點"), source.say(timing).to_owned()),
        (
            ("Discount rate", "折現率"),
            rates(&request.rates, source.language),
        ),
        (
            ("Engine", "計算引擎"),
            format!("{ENGINE_NAME} {ENGINE_VERSION}"),
        ),
        (
            ("Hash of the input", "輸入資料雜湊值"),
            evaluation.input_hash().to_owned(),
        ),
    ];
    if let Some(year) = request.price_year {
        facts.insert(4, (("Price year", "價格年份"), year.to_string()));
    }
    facts
}

fn rates(rates: &Rates, language: Language) -> String {
    let percent = |rate: money::Share| {
        let shown = rate.decimal().checked_mul(money::Decimal::ONE_HUNDRED);
        format!("{} %", money::normal_text(shown.unwrap_or_default()))
    };
    let span = |span: &RateSpan| {
        let years = match (span.to_year, language) {
            (Some(to), _) => format!("{}–{to}", span.from_year),
            (None, Language::En) => format!("{} and later", span.from_year),
            (None, Language::Zh) => format!("{}及以後", span.from_year),
        };
        format!("{years}: {}", percent(span.rate))
    };
    match rates {
        Rates::Constant(rate) => percent(*rate),
        Rates::Schedule(spans) => spans.iter().map(span).collect::<Vec<_>>().join("; "),
    }
}
