// Why: the plain form: every question of the section in order.
import { Field } from '../section/Field';
import { isAsked, useSectionContext } from '../section/context';

export function FormEditor() {
  const { fields, form } = useSectionContext();
  return (
    <div className="pl-card pl-narrow">
      {fields
        .filter((field) => isAsked(field, field.path, form.content))
        .map((field) => (
          <div key={field.path} className="pl-field">
            <Field path={field.path} />
          </div>
        ))}
    </div>
  );
}
