// Why: amounts side by side as bars of a length in proportion, each with its label and its figure. The
// table twin has every digit; lengths are for the eye only.
export interface Bar {
  label: string;
  /** For the length only. */
  value: number;
  text: string;
  /** Too few behind it to read much into it. */
  faint?: boolean;
}

/** `most` is the length of a full bar; the longest of them when left out. */
export function Bars({ bars, most }: { bars: readonly Bar[]; most?: number }) {
  const full = most ?? Math.max(...bars.map(({ value }) => value), 0);
  return (
    <div className="pl-bars">
      {bars.map(({ label, value, text, faint }) => (
        <div key={label} className="pl-barrow">
          <span>{label}</span>
          <span className="pl-bartrack">
            <span
              className={faint ? 'pl-barfill pl-barfill-faint' : 'pl-barfill'}
              style={{ inlineSize: `${full > 0 ? Math.min((value / full) * 100, 100) : 0}%` }}
            />
          </span>
          <span className="pl-num">{text}</span>
        </div>
      ))}
    </div>
  );
}
