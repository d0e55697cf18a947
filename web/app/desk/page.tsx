import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignedInOnly } from '../../parts/signed-in-only';
import { Waiting } from '../../parts/waiting';
import { DeskLoader } from './desk-loader';

export const metadata: Metadata = { title: 'Trading desk' };

export default function DeskPage() {
  return (
    <Suspense fallback={<Waiting text="Loading…" />}>
      <SignedInOnly>
        <DeskLoader />
      </SignedInOnly>
    </Suspense>
  );
}
