import Link from 'next/link';
import type { AccountView } from '../lib/account-feed';
import type { Assessment } from '../lib/contract';
import { RULE_NAMES } from '../lib/rules';

type VerdictBannerProps = { readonly view: AccountView; readonly assessment: Assessment };

/** Appears with the verdict; its evidence is there at once, the link to the report follows when it has been written. */
export function VerdictBanner({ view, assessment }: VerdictBannerProps) {
  const { assessmentId, phase, phases } = assessment;
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
                ? `Everything that was asked for is reached and every rule was kept.${phase < phases ? ' The next phase opens in your list of assessments.' : ''}`
                : `The rule that broke: ${view.breach ? RULE_NAMES[view.breach.rule].toLowerCase() : 'see the evidence'}.`}
            </p>
          </div>
          <p className="verdict-links">
            {(status === 'failed' || phase < phases) && <Link href="/assessments/">My assessments</Link>}
            <Link className="button" href={`/evidence/?assessment=${assessmentId}`}>
              Check the evidence
            </Link>
            {view.reportId === undefined ? (
              <span className="muted">The report is being written…</span>
            ) : (
              <Link className="button button-main" href={`/report/?assessment=${assessmentId}`}>
                See the report
              </Link>
            )}
          </p>
        </div>
      )}
    </div>
  );
}
