import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { SiteFooter } from '../parts/site-footer';
import { SiteHeader } from '../parts/site-header';
import { SessionProvider } from '../session/session-context';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/pages.css';
import './styles/landing.css';
import './styles/panels.css';
import './styles/standing.css';
import './styles/ticket.css';
import './styles/desk.css';
import './styles/report.css';
import './styles/account.css';
import './styles/way-out.css';
import './styles/venues.css';
import './styles/leaderboard.css';

export const metadata: Metadata = {
  title: { default: 'Proving Ground', template: '%s · Proving Ground' },
  description: 'Trading assessments at live prices, judged by rules fixed on the day of purchase, with proof.',
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 };

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    // The theme script may set an attribute before React looks.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body>
        <SessionProvider>
          <SiteHeader />
          <main id="content" tabIndex={-1}>
            {children}
          </main>
          <SiteFooter />
        </SessionProvider>
      </body>
    </html>
  );
}
