// Why: the applicant's half of the main job, page by page, through the controls that a person uses.
import assert from 'node:assert/strict';
import { heading, settled } from './harness.mjs';

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The tools of one applicant in one language. */
export function applicant(page, words, questions) {
  /** A control by its label; optional questions say so after the label. */
  const named = (within, label) =>
    within.getByLabel(new RegExp(`^${escaped(label)}(${escaped(words('applicant:section.optional'))})?$`));
  const button = (key, within = page) => within.getByRole('button', { name: words(key), exact: true });
  const saved = async () => {
    const [before, after] = words('applicant:save.saved', { time: '|' }).split('|');
    await page.getByRole('status').filter({ hasText: new RegExp(`${escaped(before)}.*${escaped(after)}`) }).first().waitFor();
  };
  return {
    saved,
    button,
    field: (section, path, within = page) => named(within, questions.ask(section, path)),
    async fill(section, path, text, within = page) {
      await named(within, questions.ask(section, path)).fill(text);
    },
    async choose(section, path, code, within = page) {
      await named(within, questions.ask(section, path)).selectOption({ label: questions.option(section, path, code) });
    },
    async answer(path, yes) {
      const group = page.getByRole('radiogroup', { name: questions.ask('project', path) });
      await group.getByLabel(words(yes ? 'common:state.yes' : 'common:state.no'), { exact: true }).check();
    },
    async tick(section, path, codes) {
      const group = page.getByRole('group', { name: questions.ask(section, path) });
      for (const code of codes) await group.getByLabel(questions.option(section, path, code), { exact: true }).check();
    },
    async share(path, shares) {
      const group = page.getByRole('group', { name: questions.ask('project', path), exact: true });
      for (const [code, share] of shares) {
        const name = questions.option('project', path, code);
        await group.getByRole('combobox').selectOption({ label: name });
        await group.getByRole('textbox', { name }).fill(share);
      }
    },
    /** Presses on to the next section and waits until it is open. */
    async goOn(next) {
      await saved();
      await button('applicant:section.saveAndContinue').click();
      await heading(page).filter({ hasText: next }).waitFor();
    },
  };
}

/** The project section, without what the test breaks on purpose. */
export async function fillProject(form, answers, page) {
  await form.fill('project', 'title.en', answers.title.en);
  await form.fill('project', 'title.zh', answers.title.zh);
  const summary = form.field('project', 'summary');
  await summary.fill(answers.summary.slice(0, -8));
  await summary.pressSequentially(answers.summary.slice(-8));
  await form.choose('project', 'scope_code', 'it_system');
  await form.fill('project', 'start_on', '2027-01-01');
  await form.fill('project', 'end_on', '2027-12-31');
  await form.fill('project', 'need', answers.need);
  await form.fill('project', 'objectives', answers.objectives);
  await form.share('districts', [['sha_tin', '60'], ['tai_po', '40']]);
  await form.share('service_areas', [['rehab_mss', '100']]);
  await form.tick('project', 'beneficiaries', ['persons_with_disabilities', 'staff']);
  await form.answer('handles_personal_data', true);
  await form.fill('project', 'pia_document', 'PIA-2026.pdf');
  await form.tick('project', 'controls', [
    'consent_management',
    'data_minimisation',
    'anonymisation_pseudonymisation',
    'audit_trail',
    'retention_policy',
    'end_to_end_encryption',
    'secure_transport',
    'encrypted_storage',
  ]);
  await form.answer('uses_ai', false);
  await form.answer('user_facing', false);
  await form.fill('project', 'upkeep_plan', answers.upkeep);
  await form.fill('project', 'participation_plan', answers.participation);
  assert.equal(await summary.inputValue(), answers.summary);
  await page.getByText('100%').first().waitFor();
}

/** One budget line with what the grant and the organisation pay in each year. */
export async function addBudgetLine(page, form, words, { description, type, cells }) {
  await form.button('applicant:budget.addLine').click();
  const added = page.getByRole('region', { name: words('applicant:budget.newLine') });
  await form.choose('budget', 'lines[].cost_type', type, added);
  await form.choose('budget', 'lines[].scope', 'it_system', added);
  await form.fill('budget', 'lines[].description', description, added);
  const line = page.getByRole('region', { name: description, exact: false });
  for (const [source, year, amount] of cells) {
    const money = line.getByRole('textbox', { name: `${words(`applicant:budget.sources.${source}`)} ${year}` });
    await money.fill(amount);
    await money.blur();
  }
}

export async function addPurchase(page, form, description) {
  await form.button('applicant:procurement.add').click();
  await form.choose('procurement', 'purchases[].category', 'services');
  await form.fill('procurement', 'purchases[].amount', 'HK$240,000');
  await form.fill('procurement', 'purchases[].date', '2027-01-15');
  await form.choose('procurement', 'purchases[].planned_method', 'quotation');
  await form.fill('procurement', 'purchases[].planned_quotations', '5');
  await form.choose('procurement', 'purchases[].planned_form', 'written');
  await form.fill('procurement', 'purchases[].description', description);
}

export async function addPool(page, form, words, answers) {
  await form.button('applicant:costSharing.addPool').click();
  await form.fill('cost_sharing', 'pools[].name', answers.pool);
  await form.fill('cost_sharing', 'pools[].amount', '100,000.01');
  await form.choose('cost_sharing', 'pools[].basis', 'staff_time');
  await form.fill('cost_sharing', 'pools[].evidence', answers.evidence);
  for (const [activity, weight] of [['FSA', '1512.5'], ['SF', '387.5']]) {
    await page.getByLabel(words('applicant:costSharing.activity'), { exact: true }).fill(activity);
    await form.button('applicant:costSharing.addActivity').click();
    await page.getByLabel(words('applicant:costSharing.weightOf', { activity }), { exact: true }).fill(weight);
  }
}

/** One row of the value map, typed cell by cell as in a spreadsheet; `null` leaves a cell as it is. */
export async function typeOutcome(page, form, row, cells) {
  await form.button('valuemap:add').click();
  const grid = page.getByRole('grid');
  await grid.getByRole('row').nth(row).getByRole('gridcell').first().click();
  for (const cell of cells) {
    if (cell === null) {
      await page.keyboard.press('ArrowRight');
      continue;
    }
    await page.keyboard.type(cell);
    await page.keyboard.press('Tab');
  }
}

/** What stands behind the figures of an outcome: how it is measured, a reason and a source each. */
export async function fillReasons(page, form, words, answers, name) {
  await page.getByRole('gridcell', { name: `${words('valuemap:details')} ${name}` }).click();
  const details = page.getByRole('region', { name: words('valuemap:detailsOf', { name }) });
  const fill = (path, text) => form.fill('value_map', `outcomes[].${path}`, text, details);
  await fill('indicator', answers.indicator);
  await fill('baseline', answers.baseline);
  await fill('target', answers.target);
  await fill('method', answers.method);
  for (const [factor, reason] of Object.entries(answers.reasons)) {
    await fill(`reasons.${factor}`, reason);
    await fill(`sources.${factor}`, answers.source);
  }
  await details.getByRole('button', { name: words('valuemap:closeDetails') }).click();
}

export async function fillDeclarations(page, form, words, answers) {
  await form.fill('declarations', 'board_endorsed_on', '2026-10-02');
  await form.fill('declarations', 'staff_consultation_summary', answers.consultation);
  await form.button('applicant:section.coi.add').click();
  await page.getByLabel(words('applicant:section.coi.role'), { exact: true }).fill(answers.role);
  await page.getByLabel(words('applicant:section.coi.interest'), { exact: true }).fill(answers.interest);
  await form.field('declarations', 'truth_declared').check();
  await form.field('declarations', 'notice_version').check();
}

/** Opens the round that takes applications and starts one; answers with its address. */
export async function startApplication(page, words, round) {
  await page.getByRole('link', { name: round, exact: true }).click();
  await heading(page).filter({ hasText: round }).waitFor();
  await page.getByRole('button', { name: words('applicant:round.start'), exact: true }).click();
  await page.waitForURL(/\/applications\/[0-9a-f-]{36}$/);
  await settled(page, words);
  return page.url();
}
