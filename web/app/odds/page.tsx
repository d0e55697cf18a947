import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignedInOnly } from '../../parts/signed-in-only';
import { Waiting } from '../../parts/waiting';
import '../styles/odds.css';
import '../styles/odds-charts.css';
import { OddsDesk } from './odds-desk';

export const metadata: Metadata = { title: 'Odds' };

export default function OddsPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Odds</h1>
        <p className="muted">
          What may become of an account that is traded in a given way, under its tier’s own rules. Thousands of possible
          courses are played; what share of them passes is the chance.
        </p>
      </header>
      <Suspense fallback={<Waiting text="Loading…" />}>
        <SignedInOnly>
          <OddsDesk />
        </SignedInOnly>
      </Suspense>
    </div>
  );
}
