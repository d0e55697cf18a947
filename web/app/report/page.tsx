import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignedInOnly } from '../../parts/signed-in-only';
import { Waiting } from '../../parts/waiting';
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
