// Why: Hong Kong written Chinese words of the council pages; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/council';

const zh: Catalogue<typeof en> = {
  title: '業界報告',
  intro: '綜合所有資助機構已收到的申請。此處不能開啟任何個別申請。',
  by: '分類方式',
  dimension: { DISTRICT: '地區', SERVICE_AREA: '服務範疇', SIZE_BAND: '機構規模' },
  none: '尚未有已公布的數據。首宗申請遞交後便會產生。',
  asAt: '截至',
  snapshot: '數據快照',
  show: '地圖及棒形圖顯示',
  measure: {
    asked: '申請款額（港元）',
    awarded: '批款（港元）',
    applications: '申請數目',
    organisations: '機構數目',
  },
  caption: '按{{dimension}}劃分的業界數字',
  suppressed: '為保障私隱不予顯示',
  threshold: '少於 {{count}} 間機構的數字不予顯示；如可由總數推算，另一項亦一併不予顯示。',
  applicationsNote: '跨地區或範疇的項目按比例計入各項，合計仍為一個項目。',
  elsewhere: '不屬個別地區的數字不在地圖上顯示。',
  map: {
    title: '各區{{measure}}',
    label: '十八區示意圖，表格載有相同數字。',
    suppressed: '不予顯示',
    legend: '白色：零；其餘由最小至最大；斜線：不予顯示',
    note: '自製示意圖，每格大小相同，並非分界。',
  },
  table: { name: '名稱', bar: '棒形圖', total: '全業界' },
};

export default zh;
