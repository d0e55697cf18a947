import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Waiting } from '../../parts/waiting';
import { LoginForm } from './login-form';

export const metadata: Metadata = { title: 'Sign in' };

export default function LoginPage() {
  return (
    <Suspense fallback={<Waiting text="Loading…" />}>
      <LoginForm />
    </Suspense>
  );
}
