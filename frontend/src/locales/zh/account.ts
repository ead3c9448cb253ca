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
  second: {
    title: '雙重認證',
    intro: '啟用雙重認證後，每次登入除密碼外，還須輸入手機應用程式顯示的六位數字；即使密碼外洩，他人亦無法登入。',
    off: '尚未啟用。',
    on: '啟用時間',
    left_one: '尚餘 {{count}} 個復原碼。',
    left_other: '尚餘 {{count}} 個復原碼。',
    fewLeft: '請於用盡前重新取得。',
    password: '你的密碼',
    setUp: '開始設定',
    scan: '請用驗證器應用程式掃描下圖，或把密鑰輸入應用程式。',
    picture: '供驗證器應用程式掃描的密鑰圖像',
    key: '密鑰',
    open: '在此裝置的應用程式開啟',
    code: '應用程式顯示的驗證碼',
    codeHelp: '六位數字，例如 492 039。',
    codeOrRecovery: '應用程式驗證碼或復原碼',
    confirm: '啟用',
    cancel: '取消',
    codes: '你的復原碼',
    codesHelp: '復原碼只顯示一次。請抄寫或存入密碼管理程式；手機不在身邊時，每個復原碼可用作登入一次。',
    copy: '複製',
    copied: '已複製',
    kept: '我已妥善保存',
    renew: '重新取得復原碼',
    renewHelp: '之前的復原碼會即時失效。',
    end: '停用',
    ended: '雙重認證已停用。',
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
