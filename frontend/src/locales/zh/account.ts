// Why: Hong Kong written Chinese words of the own account; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/account';

const zh: Catalogue<typeof en> = {
  title: '你的帳戶',
  password: {
    title: '更改密碼',
    current: '現時密碼',
    new: '新密碼',
    newHelp: '最少 12 個字元；選用四個互不相關的詞語較易記住。',
    submit: '更改密碼',
    done: '密碼已更改，其他裝置均已登出。',
  },
  sessions: {
    title: '已登入的裝置',
    intro: '如有不認得的裝置，請將其登出，然後更改密碼。',
    unknown: '未有名稱的瀏覽器',
    from: '來自 {{address}}',
    since: '登入時間',
    seen: '最後使用',
    current: '這個瀏覽器',
    end: '登出該裝置',
    endOthers: '登出所有其他裝置',
  },
};

export default zh;
