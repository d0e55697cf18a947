import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignedInOnly } from '../../parts/signed-in-only';
import { Waiting } from '../../parts/waiting';
import { EvidenceLoader } from './evidence-loader';

export const metadata: Metadata = { title: 'Evidence' };

export default function EvidencePage() {
  return (
    <Suspense fallback={<Waiting text="Loading…" />}>
      <SignedInOnly>
        <EvidenceLoader />
      </SignedInOnly>
    </Suspense>
  );
}
