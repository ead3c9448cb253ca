// Why: Hong Kong written Chinese words of the applicant pages; terms follow the glossary.
import type { Catalogue } from '@/i18n';
import type en from '../en/applicant';

const zh: Catalogue<typeof en> = {
  title: '',
};

export default zh;
