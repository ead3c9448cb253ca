// Why: Chinese names for the steps and values of a working, by the engines' codes.
import type { Catalogue } from '@/i18n';
import type en from '../en/steps';

const zh: Catalogue<typeof en> = {
  code: {
    sroi_ratio: 'SROI 比率',
    sroi_present_value: '現值',
  },
  value: {
    quantity: '數量',
    proxy: '財務代理值',
  },
};

export default zh;
