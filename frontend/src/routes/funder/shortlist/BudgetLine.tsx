// Why: the budget line stands in the list and may be moved by keys, by pointer and by buttons, to see
// what each place would cost. Sums are exact and nothing is stored.
import { Button } from '@mantine/core';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '@/format';
import { useLanguage } from '@/i18n';
import { placeAfterKey, placeAtHeight, type LineAt } from './line';
import type { Shown } from './trial';

/** As many as stand on one line; the rest are counted. */
const FITS_MAX = 4;

interface Props {
  at: LineAt<Shown>;
  /** How many ranks there are. */
  most: number;
  /** Where the line was computed to stand. */
  computed: number;
  columns: number;
  onMove: (places: number) => void;
}

export function BudgetLine({ at, most, computed, columns, onMove }: Props) {
  const { t } = useTranslation(['ranking', 'funder']);
  const row = useRef<HTMLTableRowElement>(null);
  const dragging = useRef(false);
  const moneyWords = at.over ? t('line.over', { amount: money(at.left.slice(1)) }) : t('line.left', { amount: money(at.left) });
  const keys = (event: KeyboardEvent) => {
    const place = placeAfterKey(event.key, at.places, most);
    if (place === null) return;
    event.preventDefault();
    onMove(place);
  };
  const drag = (event: PointerEvent) => {
    if (!dragging.current) return;
    const place = placeAtHeight(middlesBeside(row.current), event.clientY);
    if (place !== at.places) onMove(place);
  };
  return (
    <tr className={at.places === computed ? 'fu-line' : 'fu-line fu-line-moved'} ref={row}>
      <th scope="colgroup" colSpan={columns}>
        <div className="fu-linebar">
          <div
            className="fu-linehandle pl-noprint"
            role="separator"
            tabIndex={0}
            aria-orientation="horizontal"
            aria-label={t('line.name')}
            aria-valuemin={0}
            aria-valuemax={most}
            aria-valuenow={at.places}
            aria-valuetext={t('line.value', { places: at.places, money: moneyWords })}
            onKeyDown={keys}
            onPointerDown={(event) => {
              dragging.current = true;
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={drag}
            onPointerUp={() => {
              dragging.current = false;
            }}
            onPointerCancel={() => {
              dragging.current = false;
            }}
          >
            <span aria-hidden="true">⇕</span>
          </div>
          <LineWords at={at} moneyWords={moneyWords} />
          <span className="fu-linebuttons pl-noprint">
            <Button size="compact-xs" variant="default" disabled={at.places === 0} onClick={() => onMove(at.places - 1)}>
              ↑ {t('line.up')}
            </Button>
            <Button size="compact-xs" variant="default" disabled={at.places === most} onClick={() => onMove(at.places + 1)}>
              ↓ {t('line.down')}
            </Button>
            {at.places !== computed && (
              <Button size="compact-xs" variant="default" onClick={() => onMove(computed)}>
                {t('line.reset')}
              </Button>
            )}
          </span>
        </div>
        {at.places !== computed && <div className="fu-fits">{t('line.moved', { places: computed })}</div>}
      </th>
    </tr>
  );
}

function LineWords({ at, moneyWords }: { at: LineAt<Shown>; moneyWords: string }) {
  const { t } = useTranslation(['ranking', 'funder']);
  const { language } = useLanguage();
  const named = at.fits.slice(0, FITS_MAX).map((each) => `${each.reference} (${money(each.ask)})`);
  if (at.fits.length > FITS_MAX) named.push(t('line.more', { count: at.fits.length - FITS_MAX }));
  const list = named.join(language === 'zh' ? '、' : ', ');
  return (
    <span>
      {t('funder:shortlist.line')} · <strong>{moneyWords}</strong>
      {!at.over && (
        <span className="fu-fits"> · {at.fits.length === 0 ? t('line.nothingFits') : t('line.fits', { list })}</span>
      )}
      {at.part && (
        <span className="fu-fits">
          {' '}
          · {t('line.part', { reference: at.part.row.reference, room: money(at.part.room), ask: money(at.part.row.ask) })}
        </span>
      )}
    </span>
  );
}

/** The ranked rows on the page with the place the line would take below each, and their middle. */
function middlesBeside(line: HTMLTableRowElement | null): { place: number; middle: number }[] {
  const rows = line?.parentElement?.querySelectorAll<HTMLTableRowElement>('tr[data-place]') ?? [];
  return [...rows].map((each) => {
    const box = each.getBoundingClientRect();
    return { place: Number(each.dataset['place']), middle: box.top + box.height / 2 };
  });
}
