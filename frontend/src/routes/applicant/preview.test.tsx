// Why: when the live figures of a draft cannot be worked out, its task list stays and says so.
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { Answering, Themed, wordsReady } from '@/test-words';
import Eligibility from './Eligibility';
import TaskList from './TaskList';

beforeAll(() => wordsReady());

const text = (en: string) => ({ en, zh: en });
const budget = { code: 'budget', state: 'IN_PROGRESS', savedAt: null, version: 1, content: {}, problems: [] };
const application = {
  id: 'a', reference: 'D-1', stage: 'DRAFT', title: text('Respite'), updatedAt: '2026-11-22T00:00:00Z',
  round: {
    id: 'r', closesAt: '2027-01-01T00:00:00Z', name: text('Round'),
    programme: { illustrative: true, discountRate: '0.035', sections: [{ code: 'budget', title: text('Budget'), fields: [] }] },
  },
  sections: [budget], preview: null, outturn: null, files: [],
};

function show(under: '' | '/eligibility', Page: () => React.ReactNode) {
  const root = createRootRoute();
  const route = createRoute({ getParentRoute: () => root, path: `/o/$org/applications/$id${under}`, component: Page });
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [`/o/o1/applications/a${under}`] }),
  });
  render(
    <Themed>
      <Answering data={{ application, me: null }}>
        <RouterProvider router={router as never} />
      </Answering>
    </Themed>,
  );
}

const LINE = /live figures could not be worked out/;

test('the task list stays, without a tick or figures', async () => {
  show('', TaskList);
  expect(await screen.findByText(LINE)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Budget' })).toBeVisible();
  expect(screen.queryByText('✓')).toBeNull();
});

test('the eligibility page stays', async () => {
  show('/eligibility', Eligibility);
  expect(await screen.findByText(LINE)).toBeVisible();
  expect(screen.getByRole('heading', { level: 1 })).toBeVisible();
});
