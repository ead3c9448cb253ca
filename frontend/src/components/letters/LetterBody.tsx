// Why: one language of a letter as it will be, or was, read.
import type { Language } from '@/format';

interface Props {
  heading?: string;
  text: { subject: string; paragraphs: readonly string[] };
  language: Language;
}

export function LetterBody({ heading, text, language }: Props) {
  return (
    <div className="pl-letter">
      {heading && <p className="pl-small pl-muted">{heading}</p>}
      <div lang={language === 'zh' ? 'zh-HK' : 'en'}>
        <p>
          <strong>{text.subject}</strong>
        </p>
        {text.paragraphs.map((paragraph, position) => (
          <p key={position} className="pl-answer">
            {paragraph}
          </p>
        ))}
      </div>
    </div>
  );
}
