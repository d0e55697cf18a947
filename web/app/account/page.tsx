import type { Metadata } from 'next';
import { SignedInOnly } from '../../parts/signed-in-only';
import { Account } from './account';

export const metadata: Metadata = { title: 'Your account' };

export default function AccountPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Your account</h1>
      </header>
      <SignedInOnly>
        <Account />
      </SignedInOnly>
    </div>
  );
}
