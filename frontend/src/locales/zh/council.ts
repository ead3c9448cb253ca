// Why: Hong Kong written Chinese words of the council pages; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/council';

const zh: Catalogue<typeof en> = {
  title: '業界報告',
};

export default zh;
