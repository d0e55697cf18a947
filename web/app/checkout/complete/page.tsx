import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignedInOnly } from '../../../parts/signed-in-only';
import { Waiting } from '../../../parts/waiting';
import { PurchaseProgress } from './purchase-progress';

export const metadata: Metadata = { title: 'Setting up your assessment' };

export default function CheckoutCompletePage() {
  return (
    <Suspense fallback={<Waiting text="Loading…" />}>
      <SignedInOnly>
        <PurchaseProgress />
      </SignedInOnly>
    </Suspense>
  );
}
