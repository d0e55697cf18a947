import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Waiting } from '../../parts/waiting';
import { ResetPassword } from './reset-password';

export const metadata: Metadata = { title: 'Reset your password', referrer: 'no-referrer' };

export default function ResetPasswordPage() {
  return (
    <Suspense fallback={<Waiting text="Loading…" />}>
      <ResetPassword />
    </Suspense>
  );
}
