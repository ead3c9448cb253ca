// Why: Hong Kong written Chinese words for each problem code the server can name.
import type { Catalogue } from '@/i18n';
import type en from '../en/problems';

const zh: Catalogue<typeof en> = {
  unnamed: '此處需要留意。',
  missing: '請填寫此欄。',
  blank: '請填寫此欄，目前留空。',
  sign_in_refused: '電郵地址或密碼不正確。',
  sign_in_throttled: '嘗試次數過多，請於一分鐘後再試。',
  server_unreachable: '未能連接伺服器，請稍後再試。',
};

export default zh;
