// Why: the questions as a text file, for meetings and for people without the platform.
import type { Language } from '@/format';
import { dateTime } from '@/format';
import { readFragment } from '@/gql';
import type { RoundShown } from './RoundPage';
import { FieldData } from './section/context';

export function questionsAsText(round: RoundShown, language: Language): string {
  const { programme } = round;
  const lines = [
    round.name[language],
    programme.label,
    dateTime(round.closesAt, language),
    '',
    ...programme.criteria.map((criterion) => `[${criterion.id}] ${criterion.question[language]}`),
  ];
  programme.sections.forEach((section, position) => {
    lines.push('', `${position + 1}. ${section.title[language]}`, section.intro[language], '');
    for (const field of readFragment(FieldData, section.fields)) {
      if (field.kind === 'rows') continue;
      const most = field.maxChars === null ? '' : ` (≤ ${field.maxChars})`;
      lines.push(`- ${field.label[language]}${field.required ? ' *' : ''}${most}`);
      if (field.help[language]) lines.push(`  ${field.help[language]}`);
      if (field.options.length > 0) {
        lines.push(`  ${field.options.map((option) => option.label[language]).join(' / ')}`);
      }
    }
  });
  return `${lines.join('\n')}\n`;
}

export function downloadText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
