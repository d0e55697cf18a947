import Link from 'next/link';
import type { AccountView } from '../lib/account-feed';
import { RULE_NAMES } from '../lib/rules';

type VerdictBannerProps = { readonly view: AccountView; readonly assessmentId: string };

/** Appears with the verdict; the link to the report follows when it has been written. */
export function VerdictBanner({ view, assessmentId }: VerdictBannerProps) {
  const status = view.snapshot?.status;
  const isOver = status === 'passed' || status === 'failed';
  return (
    <div role="alert" className="verdict-place">
      {isOver && (
        <div className={`verdict verdict-${status}`}>
          <div>
            <p className="verdict-title">
              <span aria-hidden="true">{status === 'passed' ? '✓' : '✕'}</span>{' '}
              {status === 'passed' ? 'Assessment passed' : 'Assessment failed'}
            </p>
            <p>
              {status === 'passed'
                ? 'The target is reached with every position closed and all rules kept.'
                : `The rule that broke: ${view.breach ? RULE_NAMES[view.breach.rule].toLowerCase() : 'see the report'}.`}
            </p>
          </div>
          {view.reportId === undefined ? (
            <p className="muted">The report is being written…</p>
          ) : (
            <Link className="button button-main" href={`/report/?assessment=${assessmentId}`}>
              See the report
            </Link>
          )}
        </div>
      )}
    </div>
  );
}
