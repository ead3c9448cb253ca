// Why: a project may be worth funding in part; the officer records at which amounts and with how much of
// the benefit, so that the exact set may choose one. What is typed stays until the server has it.
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { fixed, money, movePoint } from '@/format';
import { graphql, readFragment } from '@/gql';
import { aside, labelled, useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { mayManageRound } from '../roles';
import { LEVEL_FIELDS, LEVELS_MAX, newLevel, sentLevels, typedLevel, unreadLevels, type LevelStored, type LevelTyped } from './levels';
import { DeskShown, type Received } from './query';

const FundingLevelsSave = graphql(`
  mutation FundingLevelsSave($input: FundingLevelsSaveInput!) {
    fundingLevelsSave(input: $input) {
      received {
        id
        ...DeskShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

interface Props {
  received: Received;
  refetch: () => void;
}

export function FundingLevels({ received, refetch }: Props) {
  const { t } = useTranslation('award');
  const { me } = useSession();
  const desk = readFragment(DeskShown, received);
  const may = mayManageRound(me?.roles ?? []);
  const [savedVersion, setSavedVersion] = useState<number | null>(null);
  return (
    <details className="pl-card">
      <summary>
        <strong>{t('levels.title')}</strong>
        <span className="pl-small pl-muted">{aside(String(desk.fundingLevels.length))}</span>
      </summary>
      <p className="pl-small pl-muted">{t('levels.help')}</p>
      {may ? (
        <Editor
          key={desk.fundingLevelsVersion}
          submissionId={received.id}
          version={desk.fundingLevelsVersion}
          stored={desk.fundingLevels}
          saved={savedVersion === desk.fundingLevelsVersion}
          onDone={(version) => {
            setSavedVersion(version);
            refetch();
          }}
        />
      ) : (
        <Stored levels={desk.fundingLevels} />
      )}
    </details>
  );
}

function Stored({ levels }: { levels: readonly LevelStored[] }) {
  const { t } = useTranslation('award');
  const { pick } = useLanguage();
  if (levels.length === 0) return <p>{t('levels.none')}</p>;
  return (
    <ul>
      {levels.map((level) => (
        <li key={level.id}>
          {labelled(pick(level.name))} <strong className="pl-num">{money(level.amount)}</strong>
          {aside(`${fixed(movePoint(level.benefitShare, 2), 2)}%`)} –{' '}
          {level.reason}
        </li>
      ))}
    </ul>
  );
}

interface EditorProps {
  submissionId: string;
  version: number;
  stored: readonly LevelStored[];
  /** Whether this version was just saved here. */
  saved: boolean;
  onDone: (version: number) => void;
}

function Editor({ submissionId, version, stored, saved, onDone }: EditorProps) {
  const { t } = useTranslation('award');
  const [levels, setLevels] = useState<readonly LevelTyped[]>(() => stored.map(typedLevel));
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [changed, setChanged] = useState(false);
  const [state, save] = useMutation(FundingLevelsSave);
  const change = (position: number, part: Partial<LevelTyped>) => {
    setChanged(true);
    setLevels((old) => old.map((each, place) => (place === position ? { ...each, ...part } : each)));
  };
  async function send() {
    const unread = unreadLevels(levels);
    setProblems(unread);
    if (unread.length > 0) return;
    const answer = await save({ input: { submissionId, expectedVersion: version, levels: sentLevels(levels) } });
    const payload = answer.data?.fundingLevelsSave;
    setProblems(problemsOf(payload));
    if (payload?.received && payload.problems.length === 0) onDone(readFragment(DeskShown, payload.received).fundingLevelsVersion);
  }
  return (
    <div className="pl-noprint">
      <ErrorSummary problems={problems} fieldId={(each) => fieldId(each.path)} nameOf={(each) => nameOf(each.path, t)} />
      {levels.length === 0 && <p>{t('levels.none')}</p>}
      {levels.map((level, position) => (
        <LevelFields
          key={level.id}
          level={level}
          position={position}
          problems={problems}
          onChange={(part) => change(position, part)}
          onRemove={() => {
            setChanged(true);
            setLevels((old) => old.filter((_, place) => place !== position));
          }}
        />
      ))}
      <Group>
        <Button variant="default" disabled={levels.length >= LEVELS_MAX} onClick={() => setLevels((old) => [...old, newLevel(old)])}>
          {t('levels.add')}
        </Button>
        <Button loading={state.fetching} onClick={() => void send()}>
          {t('levels.save')}
        </Button>
        <span role="status" className="pl-small">
          {saved && !changed ? t('levels.saved') : ''}
        </span>
      </Group>
    </div>
  );
}

function fieldId(path: string): string | undefined {
  return /^levels\[\d+\]\.\w+$/.test(path) ? path.replace(/[[\].]+/g, '-') : undefined;
}

const WORDS = { nameEn: 'en', nameZh: 'zh', amount: 'amount', benefitShare: 'share', reason: 'reason' } as const;

function nameOf(path: string, t: (key: `levels.${'en' | 'zh' | 'amount' | 'share' | 'reason'}`) => string): string | undefined {
  const field = LEVEL_FIELDS.find(([sent]) => path.endsWith(`.${sent}`))?.[0];
  return field === undefined ? undefined : t(`levels.${WORDS[field]}`);
}

interface FieldsProps {
  level: LevelTyped;
  position: number;
  problems: readonly ProblemLike[];
  onChange: (part: Partial<LevelTyped>) => void;
  onRemove: () => void;
}

function LevelFields({ level, position, problems, onChange, onRemove }: FieldsProps) {
  const { t } = useTranslation('award');
  const at = (sent: string) => {
    const path = `levels[${position}].${sent}`;
    const own = problems.filter((each) => each.path === path);
    return { id: fieldId(path) ?? '', error: own.length === 0 ? undefined : own.map(problemWords).join(' ') };
  };
  return (
    <fieldset className="pl-pair">
      <legend>
        <strong>{t('levels.row', { number: position + 1 })}</strong>
      </legend>
      <div className="pl-fields pl-fields-start">
        {LEVEL_FIELDS.filter(([sent]) => sent !== 'reason').map(([sent, typed]) => (
          <TextInput
            key={sent}
            {...at(sent)}
            label={t(`levels.${WORDS[sent]}`)}
            inputMode={typed === 'amount' || typed === 'share' ? 'decimal' : 'text'}
            value={level[typed]}
            onChange={(event) => onChange({ [typed]: event.currentTarget.value })}
          />
        ))}
      </div>
      <Textarea
        {...at('reason')}
        className="pl-field"
        mt="sm"
        label={t('levels.reason')}
        autosize
        minRows={2}
        value={level.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
      <Button size="compact-sm" variant="subtle" onClick={onRemove}>
        {t('levels.remove', { number: position + 1 })}
      </Button>
    </fieldset>
  );
}
