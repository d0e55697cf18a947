import type { Metadata } from 'next';
import { ResetPassword } from './reset-password';

export const metadata: Metadata = { title: 'Reset your password', referrer: 'no-referrer' };

export default function ResetPasswordPage() {
  return <ResetPassword />;
}
