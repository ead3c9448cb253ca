// Why: an organisation may have several numbers by which it can be looked up, and lack any of them.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IdentifierGiven } from '@/api/registration';
import type { IdentifierTypesQuery } from '@/gql/graphql';
import { useLanguage } from '@/i18n';

interface Props {
  given: readonly IdentifierGiven[];
  types: IdentifierTypesQuery['identifierTypes'];
  said: (path: string) => string | undefined;
  onChange: (position: number, part: Partial<IdentifierGiven>) => void;
  onAdd: () => void;
  onRemove: (position: number) => void;
}

/** As many as one organisation can give. */
const MOST = 10;

export function Identifiers({ given, types, said, onChange, onAdd, onRemove }: Props) {
  const { t } = useTranslation('register');
  const { pick } = useLanguage();
  const options = [{ value: '', label: t('chooseType') }, ...types.map((each) => ({ value: each.type, label: pick(each.name) }))];
  const whole = said('identifiers');
  return (
    <fieldset className="pl-card" id="register-identifiers" tabIndex={-1}>
      <legend>
        <strong>{t('identifiers')}</strong>
      </legend>
      <p className="pl-muted pl-small">{t('identifiersHelp')}</p>
      {whole && <p className="pl-mark-bad">{whole}</p>}
      {given.map((line, position) => {
        const known = types.find((each) => each.type === line.type);
        const at = `identifiers[${position}]`;
        return (
          <div key={position} className="pl-card">
            <NativeSelect
              id={`register-type-${position}`}
              label={t('identifierType', { number: position + 1 })}
              data={options}
              value={line.type}
              error={said(`${at}.type`)}
              onChange={(event) => onChange(position, { type: event.currentTarget.value })}
              mb="sm"
            />
            <TextInput
              id={`register-value-${position}`}
              label={t('identifierValue', { number: position + 1 })}
              description={known ? pick(known.hint) : t('asPrinted')}
              autoComplete="off"
              value={line.value}
              error={said(`${at}.value`)}
              onChange={(event) => onChange(position, { value: event.currentTarget.value })}
            />
            {given.length > 1 && (
              <Button variant="default" mt="sm" onClick={() => onRemove(position)}>
                {t('removeLine')}
                <span className="pl-hidden">: {position + 1}</span>
              </Button>
            )}
          </div>
        );
      })}
      {given.length < MOST && (
        <Button variant="default" mt="sm" onClick={onAdd}>
          {t('addLine')}
        </Button>
      )}
    </fieldset>
  );
}
