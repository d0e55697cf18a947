import type { Metadata } from 'next';
import { SignedInOnly } from '../../parts/signed-in-only';
import { SignalDesk } from './signal-desk';

export const metadata: Metadata = { title: 'Risk desk' };

export default function RiskPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Risk desk</h1>
        <p className="muted">A decision is a record. No account is changed by it.</p>
      </header>
      <SignedInOnly>
        <SignalDesk />
      </SignedInOnly>
    </div>
  );
}
