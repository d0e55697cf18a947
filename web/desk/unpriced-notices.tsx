import type { Instrument, Mark } from '../lib/contract';
import { namingOf } from '../lib/naming';
import { unpricedWords } from '../lib/unpriced';
import { Notice } from '../parts/notice';

type UnpricedNoticesProps = { readonly mark: Mark | undefined; readonly instruments: readonly Instrument[] };

/** Says which positions have no price, between which bounds the account is judged, and why nothing else happened. */
export const UnpricedNotices = ({ mark, instruments }: UnpricedNoticesProps) => (
  <div className="desk-notices" aria-live="polite">
    {unpricedWords(mark, namingOf(instruments)).map(({ title, text }) => (
      <Notice key={title} tone="warn" title={title}>
        <p>{text}</p>
      </Notice>
    ))}
  </div>
);
