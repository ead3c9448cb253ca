// Why: makes every translation key known to the compiler.
import type account from './locales/en/account';
import type people from './locales/en/people';
import type register from './locales/en/register';
import type audit from './locales/en/audit';
import type award from './locales/en/award';
import type applicant from './locales/en/applicant';
import type common from './locales/en/common';
import type cost from './locales/en/cost';
import type council from './locales/en/council';
import type files from './locales/en/files';
import type funder from './locales/en/funder';
import type operator from './locales/en/operator';
import type moreproblems from './locales/en/moreproblems';
import type problems from './locales/en/problems';
import type publicArea from './locales/en/public';
import type ranking from './locales/en/ranking';
import type rubric from './locales/en/rubric';
import type rules from './locales/en/rules';
import type rulewords from './locales/en/rulewords';
import type purchases from './locales/en/purchases';
import type sroi from './locales/en/sroi';
import type steps from './locales/en/steps';
import type valuemap from './locales/en/valuemap';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    contextSeparator: '|';
    resources: {
      common: typeof common;
      problems: typeof problems & typeof moreproblems;
      steps: typeof steps;
      cost: typeof cost;
      sroi: typeof sroi;
      public: typeof publicArea;
      applicant: typeof applicant;
      valuemap: typeof valuemap;
      files: typeof files;
      funder: typeof funder;
      council: typeof council;
      ranking: typeof ranking;
      account: typeof account;
      people: typeof people;
      register: typeof register;
      audit: typeof audit;
      award: typeof award;
      rubric: typeof rubric;
      rules: typeof rules;
      rulewords: typeof rulewords;
      operator: typeof operator;
      purchases: typeof purchases;
    };
  }
}
