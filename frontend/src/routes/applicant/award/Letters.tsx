// Why: the letters of the funder, newest first, in the reader's language; the other one is a click away.
import { useTranslation } from 'react-i18next';
import { DateTimeHkt } from '@/components/Figures';
import { LetterBody } from '@/components/letters/LetterBody';
import { LetterPdf } from '@/components/letters/LetterPdf';
import { LetterShown } from '@/components/letters/query';
import { readFragment, type FragmentType } from '@/gql';
import type { LetterShownFragment } from '@/gql/graphql';
import { labelled, useLanguage } from '@/i18n';
import { AwardShown } from './query';

interface Props {
  application: FragmentType<typeof AwardShown>;
  reference: string;
}

export function Letters({ application, reference }: Props) {
  const { t } = useTranslation('award');
  const letters = readFragment(LetterShown, readFragment(AwardShown, application).letters);
  if (letters.length === 0) return null;
  const newest = letters.toSorted((one, other) => (other.sentAt ?? '').localeCompare(one.sentAt ?? ''));
  return (
    <section className="pl-card" aria-labelledby="letters-title">
      <h2 id="letters-title">{t('applicant.letters')}</h2>
      {newest.map((letter) => (
        <OneLetter key={letter.id ?? letter.decisionId} letter={letter} reference={reference} />
      ))}
    </section>
  );
}

function OneLetter({ letter, reference }: { letter: LetterShownFragment; reference: string }) {
  const { t } = useTranslation('award');
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <article>
      {letter.sentAt !== null && (
        <p className="pl-small">
          {t('applicant.sent')} <DateTimeHkt at={letter.sentAt} />
        </p>
      )}
      <LetterBody text={letter[language]} language={language} />
      <details className="pl-details pl-printopen">
        <summary>{labelled(t('applicant.other'), t(`letter.${other}`))}</summary>
        <LetterBody text={letter[other]} language={other} />
      </details>
      {letter.id !== null && (
        <p className="pl-actions pl-noprint">
          <LetterPdf letterId={letter.id} name={reference} />
        </p>
      )}
      {letter.sha256 !== null && (
        <p className="pl-small pl-muted">
          {t('letter.sha256')} <code className="pl-hash">{letter.sha256}</code>
        </p>
      )}
    </article>
  );
}
