// Why: Hong Kong written Chinese words of the operator pages; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/operator';

const zh: Catalogue<typeof en> = {
  title: '工作量',
};

export default zh;
