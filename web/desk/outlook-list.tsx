import { change, dollarsText, toneOf } from '../lib/display';
import { followsText, isGrave, type Outlook } from '../lib/outlook';
import { readUsd } from '../lib/read-decimal';

/** What an order or a closing leads to: fee, result of its trade, and what follows, line by line. */
export const OutlookList = ({ outlooks }: { readonly outlooks: readonly Outlook[] }) => (
  <ul className="outlooks">
    {outlooks.map((outlook) => (
      <li key={outlook.name} className={isGrave(outlook) ? 'outlook outlook-grave' : 'outlook'}>
        <span>{outlook.name}</span>
        <span className="outlook-sums">
          {outlook.netUsd !== null && (
            <span className={toneOf(readUsd(outlook.netUsd))}>{change(readUsd(outlook.netUsd))} net</span>
          )}{' '}
          <span className="muted">fee {dollarsText(outlook.feeUsd)}</span>
        </span>
        {followsText(outlook) && <strong className="outlook-follows">{followsText(outlook)}</strong>}
      </li>
    ))}
  </ul>
);
