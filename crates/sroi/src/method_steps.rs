//! The steps of the method, in the order of the calculation.
use crate::method::MethodStep;

/// The method from the rows of the value map to the ratio.
pub(crate) const STEPS: &[MethodStep] = &[
    MethodStep {
        id: "sroi.proxy_reindexed",
        title: ("Prices of one year", "統一價格年份"),
        formula: (
            "proxy × index of the map's year ÷ index of the proxy's year",
            "財務代理值 × 價值圖年份的指數 ÷ 代理值年份的指數",
        ),
        text: (
            "A proxy in prices of another year is brought to the map's year with the programme's \
             price index and rounded to six places. Both indices are shown.",
            "其他年份的代理值按計劃的價格指數調整至價值圖的年份，四捨五入至六位小數，兩個指數均會列出。",
        ),
        source: "Guide to SROI, stage 3.3",
    },
    MethodStep {
        id: "sroi.outcome_gross",
        title: ("Gross value of an outcome", "成效總值"),
        formula: (
            "quantity × proxy, summed over the cohorts",
            "數量 × 財務代理值，各批次相加",
        ),
        text: (
            "How many experience the change, times what one change is worth in a year.",
            "經歷該項改變的數量，乘以一年內每項改變的價值。",
        ),
        source: "Guide to SROI, stage 3",
    },
    MethodStep {
        id: "sroi.outcome_impact",
        title: ("Impact of an outcome", "成效的影響"),
        formula: (
            "gross × (1 − deadweight) × (1 − displacement) × (1 − attribution)",
            "總值 ×（1 − 無謂因子）×（1 − 移轉因子）×（1 − 他人貢獻）",
        ),
        text: (
            "The three deductions multiply; they are never added. Attribution is the share due to \
             others, and is taken off.",
            "三項扣減相乘，不會相加。「他人貢獻」是屬於其他人的部分，須予扣除。",
        ),
        source: "Guide to SROI, stages 4.1, 4.2 and 4.4",
    },
    MethodStep {
        id: "sroi.outcome_year",
        title: ("An outcome in one year", "某一年的成效"),
        formula: (
            "impact × (1 − dropoff)^(k−1), k counted from the cohort's own first year",
            "影響 ×（1 − 遞減率）^(k−1)，k 由該批次的首年起計",
        ),
        text: (
            "The first year carries no drop-off; each later year is a share of what remained. A later \
             start moves the whole stream.",
            "首年不計遞減；其後每年按餘下部分遞減。較遲開始的成效會整段順延。",
        ),
        source: "Guide to SROI, stages 4.3 and 5.1",
    },
    MethodStep {
        id: "sroi.gross_value",
        title: ("Gross value", "總值"),
        formula: (
            "sum of quantity × proxy over the outcomes",
            "各項成效「數量 × 財務代理值」之和",
        ),
        text: (
            "One year of every valued outcome, before anything is taken off.",
            "每項已定值成效一年的價值，未作任何扣減。",
        ),
        source: "Guide to SROI, stage 3",
    },
    MethodStep {
        id: "sroi.impact",
        title: ("Impact", "影響"),
        formula: (
            "sum of first-year impact over the outcomes",
            "各項成效首年影響之和",
        ),
        text: (
            "What remains of one year after the three deductions.",
            "作出三項扣減後，一年所餘下的價值。",
        ),
        source: "Guide to SROI, stage 4.4",
    },
    MethodStep {
        id: "sroi.year_value",
        title: ("Value of one year", "某一年的價值"),
        formula: (
            "sum of the outcomes' values in this year",
            "該年各項成效價值之和",
        ),
        text: (
            "Rows are added year by year. A harm stays negative; nothing is cut off at zero.",
            "逐年相加。負面成效保留負數，不會截至零。",
        ),
        source: "Guide to SROI, stage 5.1",
    },
    MethodStep {
        id: "sroi.present_value",
        title: ("Present value", "現值"),
        formula: ("value ÷ (1 + rate)^n", "價值 ÷（1 + 折現率）^n"),
        text: (
            "A year's value is divided by the whole power, never multiplied by a rounded factor. Year 0 \
             is not discounted.",
            "以整個次方作除數，不會乘以已捨入的因子。第 0 年不折現。",
        ),
        source: "Guide to SROI, stage 5.2",
    },
    MethodStep {
        id: "sroi.present_value_year1",
        title: ("Present value, year 1 undiscounted", "現值（第一年不折現）"),
        formula: ("value ÷ (1 + rate)^(n−1)", "價值 ÷（1 + 折現率）^(n−1)"),
        text: (
            "The convention of several studies and tools: the first year is taken at its face value.",
            "部分研究和工具採用的慣例：第一年按面值計算。",
        ),
        source: "convention of the programme",
    },
    MethodStep {
        id: "sroi.present_value_schedule",
        title: (
            "Present value under a schedule of rates",
            "按折現率表計算的現值",
        ),
        formula: (
            "value ÷ product of (1 + rate) over the years discounted",
            "價值 ÷ 各折現年份（1 + 折現率）之連乘積",
        ),
        text: (
            "Where the rate changes with time, each year is divided by the rates of all years before it \
             together.",
            "折現率隨時間改變時，每年以之前各年折現率的連乘積作除數。",
        ),
        source: "Guide to SROI, stage 5.2; HM Treasury Green Book, annex 6",
    },
    MethodStep {
        id: "sroi.outcome_present_value",
        title: ("Present value of an outcome", "某項成效的現值"),
        formula: (
            "sum of the present values of the outcome's years",
            "該成效各年現值之和",
        ),
        text: (
            "What one row of the map adds to the total.",
            "價值圖中一行對現值總額的貢獻。",
        ),
        source: "Guide to SROI, stage 5.2",
    },
    MethodStep {
        id: "sroi.total_present_value",
        title: ("Total present value", "現值總額"),
        formula: ("sum of the present values of the years", "各年現值之和"),
        text: (
            "Everything the map values, in today's money.",
            "價值圖所有已定值成效，以現值計算。",
        ),
        source: "Guide to SROI, stage 5.2",
    },
    MethodStep {
        id: "sroi.investment",
        title: ("Investment", "投入"),
        formula: (
            "sum of the present values of the inputs",
            "各項投入現值之和",
        ),
        text: (
            "Money, goods and volunteers' time, discounted on the same axis as the outcomes.",
            "現金、物資及義工時間，與成效按同一時間軸折現。",
        ),
        source: "Guide to SROI, stages 2.2 and 5.2",
    },
    MethodStep {
        id: "sroi.net_present_value",
        title: ("Net present value", "淨現值"),
        formula: ("total present value − investment", "現值總額 − 投入"),
        text: (
            "What is left when the investment is paid back.",
            "收回投入後餘下的價值。",
        ),
        source: "Guide to SROI, stage 5.2",
    },
    MethodStep {
        id: "sroi.ratio",
        title: ("SROI ratio", "社會投資回報比率"),
        formula: ("total present value ÷ investment", "現值總額 ÷ 投入"),
        text: (
            "Social value per dollar put in. It is never given for an investment of zero.",
            "每投入一元所產生的社會價值。投入為零時不計算比率。",
        ),
        source: "Guide to SROI, stage 5.3",
    },
    MethodStep {
        id: "sroi.evaluation",
        title: ("The whole evaluation", "整體評估"),
        formula: (
            "ratio = total present value ÷ investment",
            "比率 = 現值總額 ÷ 投入",
        ),
        text: (
            "Every figure below leads to the step that made it.",
            "以下每個數字均可追溯至其計算步驟。",
        ),
        source: "Guide to SROI, stages 4 and 5",
    },
    MethodStep {
        id: "sroi.net_ratio",
        title: ("Net ratio", "淨比率"),
        formula: ("ratio − 1", "比率 − 1"),
        text: (
            "Another figure than the ratio, and never called by its name.",
            "與比率不同，不可混為一談。",
        ),
        source: "Guide to SROI, stage 5.3",
    },
    MethodStep {
        id: "sroi.other_timing_total",
        title: ("Total under the other timing", "另一折現時點下的現值總額"),
        formula: (
            "the same year totals, discounted under the other timing",
            "同一組年度總額，按另一折現時點計算",
        ),
        text: (
            "Shown beside the chosen convention, because studies differ.",
            "各研究做法不一，因此與所選慣例並列。",
        ),
        source: "Guide to SROI, stage 5.2",
    },
    MethodStep {
        id: "sroi.other_timing_ratio",
        title: ("Ratio under the other timing", "另一折現時點下的比率"),
        formula: (
            "total present value ÷ investment, both under the other timing",
            "現值總額 ÷ 投入，兩者均按另一折現時點計算",
        ),
        text: (
            "At one constant rate the total is (1 + rate) times higher; the ratio differs by less.",
            "折現率不變時，現值總額相差（1 + 折現率）倍，比率的差距則較小。",
        ),
        source: "Guide to SROI, stage 5.3",
    },
    MethodStep {
        id: "sroi.payback_simple",
        title: ("Simple payback", "簡單回本期"),
        formula: ("investment ÷ (impact ÷ 12)", "投入 ÷（影響 ÷ 12）"),
        text: (
            "In months. Not given when an outcome starts after the first year.",
            "以月計算。如有成效於首年之後才開始，則不提供。",
        ),
        source: "Guide to SROI, stage 5.5",
    },
    MethodStep {
        id: "sroi.payback_discounted",
        title: ("Discounted payback", "折現回本期"),
        formula: (
            "12 × (full years + investment still to recover ÷ present value of the year)",
            "12 ×（完整年數 + 尚未收回的投入 ÷ 該年現值）",
        ),
        text: (
            "In months, on the real year totals, straight-line within a year; or \"not reached\".",
            "以月計算，按實際年度現值、年內以直線攤算；或顯示「未能回本」。",
        ),
        source: "Guide to SROI, stage 5.5",
    },
    MethodStep {
        id: "sroi.bridge_gross",
        title: ("Bridge: gross value of all years", "由總值到淨值：各年總值"),
        formula: (
            "quantity × proxy × duration, summed over outcomes and cohorts",
            "數量 × 財務代理值 × 持續年期，各項成效及批次相加",
        ),
        text: (
            "Where the bridge starts: all years, because drop-off and discounting act on years.",
            "由各年總值開始，因為遞減與折現均按年計算。",
        ),
        source: "Guide to SROI, stages 4 and 5",
    },
    MethodStep {
        id: "sroi.bridge_part",
        title: ("Bridge: one deduction", "由總值到淨值：單項扣減"),
        formula: (
            "level after − level before, each rounded to 2 places",
            "扣減後 − 扣減前，各自四捨五入至兩位小數",
        ),
        text: (
            "Taken in the order of the calculation, so that the parts add up exactly to the total.",
            "按計算次序逐項扣減，各部分之和與總數完全相符。",
        ),
        source: "Guide to SROI, stages 4 and 5",
    },
    MethodStep {
        id: "sroi.bridge_total",
        title: ("Bridge: total", "由總值到淨值：總計"),
        formula: ("sum of the parts", "各部分之和"),
        text: ("Equal to the total present value.", "等於現值總額。"),
        source: "Guide to SROI, stages 4 and 5",
    },
];
