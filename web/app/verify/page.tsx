import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Waiting } from '../../parts/waiting';
import { VerifyEmail } from './verify-email';

export const metadata: Metadata = { title: 'Confirm your e-mail address', referrer: 'no-referrer' };

export default function VerifyPage() {
  return (
    <Suspense fallback={<Waiting text="Loading…" />}>
      <VerifyEmail />
    </Suspense>
  );
}
