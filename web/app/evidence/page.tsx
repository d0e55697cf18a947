import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Waiting } from '../../parts/waiting';
import { SignedInOnly } from '../../session/signed-in-only';
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
