import type { Metadata } from 'next';
import { SignedInOnly } from '../../../parts/signed-in-only';
import { ConnectionDesk } from './connection-desk';

export const metadata: Metadata = { title: 'Connections' };

export default function ConnectionsPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Connections</h1>
        <p className="muted">Who is connected to which gateway now. Counts are half a minute old at most.</p>
      </header>
      <SignedInOnly>
        <ConnectionDesk />
      </SignedInOnly>
    </div>
  );
}
