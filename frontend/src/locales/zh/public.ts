// Why: Hong Kong written Chinese words of the pages that anybody may read; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/public';

const zh: Catalogue<typeof en> = {
  landing: {
    title: '資助申請與社會價值：準確計算，有根有據',
    lead: '機構提出申請，資助機構作出決定，業界掌握全貌。每個數字列明計算過程，每項判斷附有理由。',
    signIn: '登入',
    signedIn: '你已登入：{{name}}。前往',
    method: '本平台如何計算 SROI',
    applicant: {
      title: '申請機構',
      body: '開始前可閱覽所有問題；輸入內容不會遺失；即時得知項目是否合資格、差額多少，以及可達到的比率。',
    },
    funder: {
      title: '資助機構',
      body: '按有生效日期的規則核對資格，文件與評分並列閱覽，排名附穩定程度，每項決定均記錄理由。',
    },
    council: {
      title: '業界聯會',
      body: '按地區、服務範疇及機構規模了解申請與批款情況，毋須查閱個別機構的檔案。',
    },
  },
  method: {
    title: 'SROI 計算方法',
    lead: '計算方法依循 Guide to SROI（英國內閣辦公室 2009 年；SROI Network 2012 年）。平台上每個數字均可查看計算過程。',
    contents: '本頁內容',
    source: '依據',
    group: {
      order: {
        title: '計算次序',
        body: '由價值圖一行計算至比率，依照運算程式的次序列出。',
      },
      results: {
        title: '其他結果',
        body: '與比率並列的數字，不可與比率混淆。',
      },
      conventions: {
        title: '慣例',
        body: '計時、折現率、價格年份及捨入方式均屬設定，隨每次運算一併儲存，並計入其雜湊值。',
      },
      uncertainty: {
        title: '證據、敏感度及模擬',
        body: '比率不會單獨列出：同時說明變動幅度、臨界值及結果分布。',
      },
    },
    traps: {
      title: '本方法避免的錯誤',
      body: '以下各項均曾見於實際工具或報告，在此逐一測試。',
      list: {
        added: '各項扣除以相乘計算，不可相加：扣除 30% 及 20% 後餘 56%，而非 50%。',
        reversed: '歸因因子是他人貢獻的部分，須予扣除；若誤作保留，結果便會顛倒。',
        firstYear: '遞減由成效的第二年開始，而非首年。',
        net: '淨比率（比率 − 1）不會稱為 SROI。',
        factors: '折現因子在使用前不會先捨入至兩位小數。',
        clamped: '超過 100% 的數值不予接受，而非截短；負面成效照樣計算，不會略去。',
        zero: '投入為零時不會計算比率。',
        contradiction: '報告所列比率會重新計算，如與其本身數字不符便會標示。',
        bankers: '捨入一律四捨五入：16.065 變為 16.07。',
        floats: '採用精確小數而非二進制小數，合計時一分不多，一分不少。',
      },
    },
    rank: {
      title: '排名',
      body: '評分以固定標尺計算，不會因多一宗申請而改變其他申請的先後。系統會列出排名在不同比重下的穩定程度。資料不足只會暫無排名，不等於不獲批准。',
    },
    decide: {
      title: '由人作決定',
      body: '系統只按規則核對及計算。決定由具名人員作出；如偏離建議次序，須書面說明理由。',
    },
    sources: '資料來源：Guide to SROI；Social Value International 八項原則；英國財政部 Green Book（折現）。',
  },
  privacy: {
    title: '私隱聲明',
    none: '營運者尚未發布聲明；在此之前不接受機構登記。',
    others: '其他版本',
    withdraw: {
      title: '撤回同意',
      body: '你可隨時撤回同意：在帳戶頁面下載資料副本及刪除個人資料，或聯絡聲明所列人員。撤回前已處理的事項不受影響，審計記錄亦會保留。',
    },
  },
};

export default zh;
