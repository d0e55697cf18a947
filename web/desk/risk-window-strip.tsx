'use client';

import type { Instrument, Rules } from '../lib/contract';
import { type Naming, namingOf } from '../lib/naming';
import { untilText } from '../lib/progress';
import { countdownText } from '../lib/reset-countdown';
import { aheadOf, type RiskWindow, windowsName, windowText, windowTitle } from '../lib/risk-windows';
import { useSecond } from './use-quote';
import type { RiskWindows } from './use-risk-windows';

type RiskWindowStripProps = {
  readonly known: RiskWindows;
  readonly rules: Rules;
  readonly instruments: readonly Instrument[];
};

/** Closer than this, what comes next stands out. */
const SOON_MS = 15 * 60_000;

/** When orders may add no risk: what holds now and what comes next. Nothing where the rules know no such times. */
export function RiskWindowStrip({ known, rules, instruments }: RiskWindowStripProps) {
  const now = useSecond(known.clock);
  const name = windowsName(rules);
  if (name === undefined) return null;
  const naming = namingOf(instruments);
  const { current, next, later } = aheadOf(known.windows ?? [], now);
  const isSoon = next !== undefined && next.from - now < SOON_MS;
  return (
    <section className="windows" aria-label={name}>
      <h2>{name}</h2>
      <div className="windows-list">
        {current.map((window) => (
          <WindowLine
            key={`${window.from} ${windowTitle(window)}`}
            kind="now"
            window={window}
            now={now}
            naming={naming}
          />
        ))}
        {next && <WindowLine kind={isSoon ? 'soon' : 'next'} window={next} now={now} naming={naming} />}
        {current.length === 0 && !next && <p className="muted">{nothingText(known)}</p>}
        {later.length > 0 && <Later windows={later} now={now} naming={naming} />}
      </div>
      {/* Said once when it begins or ends; the figures beside it change every second. */}
      <p className="hidden" role="status">
        {current.map((window) => `${windowTitle(window)}. ${windowText(window, now, naming)}`).join(' ')}
      </p>
    </section>
  );
}

const nothingText = ({ windows, isUnknown }: RiskWindows): string => {
  if (isUnknown) return 'These times could not be loaded; the platform is asked again in a moment.';
  return windows === undefined ? 'Asking for these times…' : 'No news is scheduled for the next seven days.';
};

type LineProps = { readonly window: RiskWindow; readonly now: number; readonly naming: Naming };

function WindowLine({ kind, window, now, naming }: LineProps & { readonly kind: 'now' | 'soon' | 'next' }) {
  const isNow = kind === 'now';
  return (
    <div className={`window window-${kind}`}>
      <p className="window-title">
        <span className="window-mark">{isNow ? 'Now' : 'Next'}</span> {windowTitle(window)}{' '}
        <span className="window-countdown">
          {isNow ? 'over in' : 'in'} {untilText(isNow ? window.until : window.from, now, countdownText)}
        </span>
      </p>
      <p className="window-text">{windowText(window, now, naming)}</p>
    </div>
  );
}

type LaterProps = { readonly windows: readonly RiskWindow[]; readonly now: number; readonly naming: Naming };

const Later = ({ windows, now, naming }: LaterProps) => (
  <details className="windows-later">
    <summary>{windows.length} more in the next seven days</summary>
    <ul>
      {windows.map((window) => (
        <li key={`${window.from} ${windowTitle(window)} ${window.instruments?.join(' ') ?? ''}`}>
          <strong>{windowTitle(window)}</strong> {windowText(window, now, naming)}
        </li>
      ))}
    </ul>
  </details>
);
