import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Waiting } from '../../parts/waiting';
import { SignedInOnly } from '../../session/signed-in-only';
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
