import type { Metadata } from 'next';
import { VerifyEmail } from './verify-email';

export const metadata: Metadata = { title: 'Confirm your e-mail address', referrer: 'no-referrer' };

export default function VerifyPage() {
  return <VerifyEmail />;
}
