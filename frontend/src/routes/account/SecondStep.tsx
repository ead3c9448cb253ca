// Why: a stolen password should open nothing. Two-step sign-in is set up, renewed and ended here; what is shown
// once stays until its owner says that it is kept.
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainProblem } from '@/api/auth';
import { secondStep, type SecondStep as State } from '@/api/secondStep';
import { ErrorSummary } from '@/components/ErrorSummary';
import { Loading } from '@/components/PageStates';
import { RecoveryCodes } from './RecoveryCodes';
import { SecondStepOff } from './SecondStepOff';
import { SecondStepOn } from './SecondStepOn';

export function SecondStep() {
  const { t } = useTranslation('account');
  const [state, setState] = useState<State | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [said, setSaid] = useState('');
  const load = useCallback(
    () =>
      secondStep().then((answer) => {
        if ('value' in answer) setState(answer.value);
        else setProblems(answer.problems);
      }),
    [],
  );
  useEffect(() => void load(), [load]);
  function handedOut(fresh: readonly string[]) {
    setSaid('');
    setCodes(fresh);
    void load();
  }
  return (
    <section className="pl-card" aria-labelledby="account-second">
      <h2 id="account-second">{t('second.title')}</h2>
      <p className="pl-muted">{t('second.intro')}</p>
      <ErrorSummary problems={problems} fieldId={() => undefined} />
      {state === null && problems.length === 0 && <Loading />}
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      {state && !codes && state.since === null && <SecondStepOff onOn={handedOut} />}
      {state?.since && !codes && (
        <SecondStepOn
          since={state.since}
          left={state.recoveryLeft}
          onCodes={handedOut}
          onEnded={() => {
            setSaid(t('second.ended'));
            void load();
          }}
        />
      )}
      <p role="status">{said}</p>
    </section>
  );
}
