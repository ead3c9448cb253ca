//! The conventions of the method: what is settled once and stored with every run.
use crate::method::MethodStep;

/// What is settled beside the steps: conventions, evidence, and how spread is shown.
pub(crate) const CONVENTIONS: &[MethodStep] = &[
    MethodStep {
        id: "convention.rounding",
        title: ("Rounding", "捨入"),
        formula: ("", ""),
        text: (
            "Full precision inside; one rounding when a figure is shown, half away from zero. Displayed \
             totals are sums of exact values.",
            "計算時保留完整精度，只在顯示時四捨五入一次（五入離零）。顯示的總數由精確數值相加得出。",
        ),
        source: "convention of the platform",
    },
    MethodStep {
        id: "convention.unvalued",
        title: ("Outcomes without a price", "未能定值的成效"),
        formula: ("", ""),
        text: (
            "A material outcome without a credible price stays in the map with its reason. It is listed \
             and never summed.",
            "重要但沒有可信價格的成效會保留於價值圖並註明原因，只列出而不計入總數。",
        ),
        source: "Guide to SROI, stage 3.3",
    },
    MethodStep {
        id: "convention.evidence",
        title: ("Evidence grades and bands", "證據等級與幅度"),
        formula: (
            "value × (1 ± band) for quantity and proxy; share ± band, kept within 0 and 1, for shares",
            "數量及代理值：數值 ×（1 ± 幅度）；各項比率：比率 ± 幅度，限於 0 至 1 之間",
        ),
        text: (
            "A: measured on this project or audited. B: published comparable. C: own records or judgement \
             with a reason. D: assumption. The programme sets the least band of each grade; a stated range \
             may only widen it, so that nobody gains by claiming certainty.",
            "A：本項目實測或經審計；B：已發表的同類數據；C：機構記錄或有理由的專業判斷；D：假設。計劃訂明各級的最小幅度，申請機構只可擴闊，不能藉聲稱準確而得益。",
        ),
        source: "convention of the programme (illustrative widths)",
    },
    MethodStep {
        id: "convention.simulation",
        title: ("Simulation", "模擬"),
        formula: ("", ""),
        text: (
            "Every figure is drawn within its band many thousand times from a named generator, seeded with \
             the hash of the input. The same input gives the same digits on every machine. Ranking reads \
             the fifth percentile, never the headline ratio.",
            "每個數值在其幅度內抽樣數千次；亂數產生器有名可查，種子為輸入資料的雜湊值，任何電腦所得數字均相同。排名採用第五百分位數，而非標題比率。",
        ),
        source: "convention of the platform",
    },
    MethodStep {
        id: "convention.switching",
        title: ("Switching values", "臨界值"),
        formula: (
            "multiplier = (p − m) ÷ p; p: present value of the row, m: total present value − investment",
            "倍數 =（p − m）÷ p；p 為該行現值，m 為現值總額減投入",
        ),
        text: (
            "Where the ratio falls to 1 when one figure moves alone. Rate and drop-off are found by \
             bisection to the twelfth place.",
            "單一數值變動至何處會令比率降至 1。折現率及遞減率以二分法求至小數點後十二位。",
        ),
        source: "Guide to SROI, stage 5.4",
    },
    MethodStep {
        id: "convention.assessed",
        title: ("Claimed and assessed", "申報與評審"),
        formula: ("", ""),
        text: (
            "The funder may keep an assessed copy of the map beside the claimed one, each change with a \
             reason. Both are evaluated and stay visible; ranking reads the assessed one.",
            "資助機構可在申報的價值圖旁另存評定版本，每項更改均須註明理由。兩者均會計算並保留，排名採用評定版本。",
        ),
        source: "convention of the platform",
    },
    MethodStep {
        id: "convention.stated",
        title: ("Stated figures", "申報數字覆核"),
        formula: ("", ""),
        text: (
            "A ratio, total or investment that an applicant states is computed again and flagged when it \
             differs or contradicts itself.",
            "申請機構申報的比率、現值總額或投入會重新計算；如有差異或自相矛盾，會予以標示。",
        ),
        source: "convention of the platform",
    },
];
