// Why: Hong Kong written Chinese words of the funder pages; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/funder';

const zh: Catalogue<typeof en> = {
  title: '申請輪次',
};

export default zh;
