// Why: Hong Kong written Chinese words of the operator pages; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/operator';

const zh: Catalogue<typeof en> = {
  title: '工作量',
  intro: '背景工作的數目及等候時間。工作內容只屬各機構所有。',
  state: '狀態',
  count: '工作數目',
  oldest: '最久',
  meaning: '說明',
  justNow: '剛開始',
  notCounted: '不予點算',
  asAt: '截至 {{time}}（香港時間），每 {{seconds}} 秒更新。',
  stale: '伺服器未有回應，以下為最後所知數目。',
  dead: '已停止：{{number}} 項。',
  deadHelp: '請先在伺服器記錄找出原因，再以指令重新執行。',
  means: {
    QUEUED: '等候處理；等候過久表示處理能力不足。',
    RUNNING: '正由處理程式執行；逾時會自動收回。',
    FAILED: '未能完成，等候再試。',
    DEAD: '已用盡嘗試次數，系統不會自行再試。',
    DONE: '已完成並記錄。',
  },
};

export default zh;
