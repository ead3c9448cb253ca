// Why: a person finds things by their words; the tests take them from the same catalogues and the
// same form data as the pages, in the language that is being tested.
import { seedFile } from './harness.mjs';

const AREAS = [
  'common', 'applicant', 'valuemap', 'sroi', 'cost', 'funder', 'rules', 'rulewords', 'rubric', 'council', 'operator', 'public',
  'problems', 'purchases', 'ranking', 'award', 'audit', 'account', 'people', 'files', 'register',
];
export const LANGUAGES = ['en', 'zh'];

async function catalogues(language) {
  const loaded = await Promise.all(
    AREAS.map(async (area) => [area, (await import(`../src/locales/${language}/${area}.ts`)).default]),
  );
  const all = Object.fromEntries(loaded);
  const { default: more } = await import(`../src/locales/${language}/moreproblems.ts`);
  return { ...all, problems: { ...all.problems, ...more } };
}

/** `words('common:session.email')`; values fill the `{{marks}}`. Unknown keys fail. */
export async function wordsOf(language) {
  const all = await catalogues(language);
  return (key, values = {}) => {
    const [area, path] = key.split(':');
    const text = path.split('.').reduce((part, name) => part?.[name], all[area]);
    if (typeof text !== 'string') throw new Error(`no words for ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name]));
  };
}

/** The questions of the programme: `ask('project', 'summary')`, `option('project', 'scope_code', 'it_system')`. */
export async function questionsOf(language) {
  const { sections } = await seedFile('programmes/dedicated-fund-it.sections.json');
  const find = (section, path) => {
    const found = sections.find(({ code }) => code === section)?.fields.find((field) => field.path === path);
    if (!found) throw new Error(`no question ${section} ${path}`);
    return found;
  };
  return {
    title: (section) => sections.find(({ code }) => code === section).title[language],
    ask: (section, path) => find(section, path).label[language],
    option: (section, path, code) => find(section, path).options.find((each) => each.code === code).label[language],
  };
}
