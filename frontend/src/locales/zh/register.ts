// Why: Hong Kong written Chinese words of registering an organisation; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/register';

const zh: Catalogue<typeof en> = {
  title: '登記機構',
  intro: '本平台的營運者會審閱你提供的資料，然後接納機構加入，或說明不接納的原因。其他人不會看到這些資料。',
  kind: '機構類別',
  kinds: { ngo: '申請資助（非政府機構）', funder: '提供資助（資助機構）' },
  nameEn: '英文名稱',
  nameZh: '中文名稱',
  nameHelp: '請按註冊名稱填寫。如只有一種語文的名稱，請在兩欄填上同一名稱。',
  identifiers: '登記編號',
  identifiersHelp: '請提供至少一個編號，以便在公開登記冊查核。',
  chooseType: '請選擇',
  identifierType: '第 {{number}} 個編號的種類',
  identifierValue: '第 {{number}} 個編號',
  asPrinted: '按文件所示填寫。',
  addLine: '新增編號',
  removeLine: '移除',
  personHelp: '首位成員可代表機構簽署，並負責邀請其他成員。',
  person: '你的姓名',
  email: '你的電郵地址',
  emailHelp: '系統會把連結寄到此地址。如你已用此地址登入本平台，可沿用現有帳戶及密碼。',
  submit: '登記',
  sent: '連結已寄往 {{email}}，請於七日內開啟。如未收到，請查看垃圾郵件匣。',
  sentNext: '開啟連結後，營運者會處理你的登記，並以電郵通知結果。',
  toSignIn: '返回登入',
  confirm: {
    title: '確認登記',
    of: '{{name}}，由 {{person}} 以 {{email}} 登記。',
    hasAccount: '此電郵地址已有帳戶，可沿用現有密碼。',
    password: '設定密碼',
    submit: '確認',
    done: '多謝。營運者已收到你的登記，結果會以電郵通知。',
    again: '重新登記',
  },
};

export default zh;
