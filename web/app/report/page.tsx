import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Waiting } from '../../parts/waiting';
import { SignedInOnly } from '../../session/signed-in-only';
import { ReportLoader } from './report-loader';

export const metadata: Metadata = { title: 'Report' };

export default function ReportPage() {
  return (
    <Suspense fallback={<Waiting text="Loading…" />}>
      <SignedInOnly>
        <ReportLoader />
      </SignedInOnly>
    </Suspense>
  );
}
