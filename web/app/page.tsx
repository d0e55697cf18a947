import Link from 'next/link';
import { FeeNote } from '../parts/fee-note';
import { EquityIllustration } from './equity-illustration';
import { LandingTiers } from './landing-tiers';

const STEPS = [
  {
    title: 'Buy a tier',
    text: 'One payment opens a virtual account. Its rules are pinned by version and hash on that day.',
  },
  {
    title: 'Trade live markets',
    text: 'Crypto, long and short, and YES or NO of prediction markets. Orders fill against the venue’s own book, fees included.',
  },
  {
    title: 'Reach the target, keep the rules',
    text: 'Every fill and every price is judged. You see the room left under each rule while you trade.',
  },
  {
    title: 'Get a verdict with its proof',
    text: 'Pass or fail, you receive the report and the evidence: the prices, the positions and the arithmetic.',
  },
] as const;

export default function LandingPage() {
  return (
    <div className="landing">
      <section className="hero">
        <div className="hero-text">
          <h1>Prove your trading. Check the verdict.</h1>
          <p className="lead">
            Assessments at live venue prices, on a virtual account, by rules that cannot change after you buy. Each
            verdict stores everything it was decided from, and can be decided again.
          </p>
          <p className="hero-actions">
            <Link className="button button-main" href="/tiers/">
              See the tiers
            </Link>
            <Link className="button button-quiet" href="/register/">
              Create an account
            </Link>
          </p>
        </div>
        <EquityIllustration />
      </section>

      <section aria-labelledby="how">
        <h2 id="how">How an assessment runs</h2>
        <ol className="how">
          {STEPS.map(({ title, text }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>

      <section aria-labelledby="tiers">
        <h2 id="tiers">Tiers</h2>
        <LandingTiers />
        <FeeNote />
      </section>

      <section aria-labelledby="fair" className="fair">
        <h2 id="fair">How a breach is judged</h2>
        <div className="fair-points">
          <p>
            <strong>On prices you could have had.</strong> A long position is valued at the bid and a short one at the
            ask, never at a mid or a last trade. What you see as room left has the fee of getting out taken off.
          </p>
          <p>
            <strong>Never on a bad price.</strong> A book that is gapped, crossed or older than ten seconds fills no
            order and fails no account.
          </p>
          <p>
            <strong>In whole numbers.</strong> Balances are counted in millionths of a dollar, never in floating point.
            Touching a limit breaks it; one step above does not.
          </p>
          <p>
            <strong>With the evidence in your hands.</strong> Download the file a verdict was decided from, with the
            venue’s sequence numbers and checksums.
          </p>
        </div>
      </section>
    </div>
  );
}
