import type { Metadata } from 'next';
import { SignedInOnly } from '../../../parts/signed-in-only';
import '../../styles/draft.css';
import '../../styles/odds.css';
import '../../styles/odds-charts.css';
import { TierDesk } from './tier-desk';

export const metadata: Metadata = { title: 'Tier editor' };

export default function TierEditorPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Tier editor</h1>
        <p className="muted">What is sold, and what firms publish to start from. Sold assessments keep their rules.</p>
      </header>
      <SignedInOnly>
        <TierDesk />
      </SignedInOnly>
    </div>
  );
}
