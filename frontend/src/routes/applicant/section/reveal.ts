// Why: a problem may belong to a field that is not on the page yet; editors that hide fields listen
// to this event and show the field before the focus goes there.
import { focusField } from '@/components/ErrorSummary';
import { nearestFieldId } from './context';

export const REVEAL_FIELD = 'plumbline:reveal-field';

export function followProblem(path: string): void {
  window.dispatchEvent(new CustomEvent<string>(REVEAL_FIELD, { detail: path }));
  // One frame later, because the editor may first have to show the field.
  requestAnimationFrame(() => {
    const id = nearestFieldId(path);
    if (id) focusField(id);
  });
}
