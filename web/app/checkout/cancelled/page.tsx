import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthPanel } from '../../../parts/auth-panel';

export const metadata: Metadata = { title: 'Checkout cancelled' };

export default function CheckoutCancelledPage() {
  return (
    <AuthPanel title="Checkout cancelled" intro="Nothing was charged. The tiers are where you left them.">
      <Link className="button button-main button-wide" href="/tiers/">
        Back to the tiers
      </Link>
    </AuthPanel>
  );
}
