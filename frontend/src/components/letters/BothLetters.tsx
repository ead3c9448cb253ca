// Why: both languages of a letter side by side; each is marked with its language.
import { useTranslation } from 'react-i18next';
import { readFragment, type FragmentType } from '@/gql';
import { LetterShown } from './query';
import { LetterBody } from './LetterBody';

export function BothLetters({ letter }: { letter: FragmentType<typeof LetterShown> }) {
  const { t } = useTranslation('award');
  const { en, zh } = readFragment(LetterShown, letter);
  return (
    <div className="pl-grid-2">
      <LetterBody heading={t('letter.en')} text={en} language="en" />
      <LetterBody heading={t('letter.zh')} text={zh} language="zh" />
    </div>
  );
}
