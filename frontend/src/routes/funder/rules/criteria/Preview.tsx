// Why: words with marks are hard to imagine; the preview fills them with the figures of one received
// application, while they are being typed.
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '@/gql';
import { useLanguage } from '@/i18n';
import { bilingual, text } from '../body';
import { asContent } from '../../../applicant/section/useSavedForm';
import { useDraft } from '../draft/context';
import { RulebookPage, RulebookShown } from '../query';
import { readFragment } from '@/gql';
import { filled, type Figures } from './placeholders';

const PreviewApplications = graphql(`
  query PreviewApplications($roundId: ID!) {
    inbox(roundId: $roundId, first: 50) {
      nodes {
        id
        reference
        verdict {
          version
          criteria {
            id
            outcome
            value
            threshold
            shortfall
            factsUsed
          }
        }
      }
    }
  }
`);

export function Preview({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const [open, setOpen] = useState(false);
  return (
    <details className="pl-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('preview.title')}</summary>
      {open && <OpenPreview path={path} />}
    </details>
  );
}

function OpenPreview({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const { programmeId, form } = useDraft();
  const [book] = useQuery({ query: RulebookPage, variables: { programmeId } });
  const rounds = readFragment(RulebookShown, book.data?.rulebook)?.rounds ?? [];
  const round = rounds.find(({ received }) => received > 0);
  const [list] = useQuery({ query: PreviewApplications, variables: { roundId: round?.id ?? '' }, pause: round === undefined });
  const [chosen, setChosen] = useState('');
  const received = list.data?.inbox.nodes ?? [];
  const application = received.find(({ id }) => id === chosen) ?? received[0];
  const id = text(form.get(`${path}.id`));
  const line = application?.verdict?.criteria.find((each) => each.id === id);
  const figures: Figures = {
    value: line?.value ?? null,
    threshold: line?.threshold ?? null,
    shortfall: line?.shortfall ?? null,
    isMoney: line?.factsUsed.some((fact) => fact.includes('_hkd')) ?? false,
  };
  return (
    <div className="pl-note">
      {received.length > 0 && (
        <NativeSelect
          label={t('preview.application')} value={application?.id ?? ''} onChange={(event) => setChosen(event.currentTarget.value)}
          data={received.map((each) => ({ value: each.id, label: each.reference }))} styles={{ wrapper: { maxWidth: '14rem' } }}
        />
      )}
      <p className="pl-small">
        {line ? t('preview.figures', { version: application?.verdict?.version ?? '' }) : t('preview.none')}
      </p>
      <PreviewWords path={path} figures={figures} />
    </div>
  );
}

const OUTCOMES = ['pass', 'fail', 'unknown', 'info'] as const;

function PreviewWords({ path, figures }: { path: string; figures: Figures }) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const { form } = useDraft();
  const wordsOf = (part: string, outcome: string) => filled(pick(bilingual(asContent(form.get(`${path}.${part}`))[outcome])), figures);
  const rows = OUTCOMES.map((outcome) => ({ outcome, reason: wordsOf('reason', outcome), fix: wordsOf('fix', outcome) }));
  return (
    <dl className="pl-facts">
      {rows
        .filter(({ reason, fix }) => reason + fix !== '')
        .map(({ outcome, reason, fix }) => (
          <div key={outcome} className="fr-contents">
            <dt>{t(`outcome.${outcome}`)}</dt>
            <dd>
              {reason} {fix}
            </dd>
          </div>
        ))}
    </dl>
  );
}
