'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { isAdmin, isOfRiskDesk } from '../lib/staff';
import { useSession, useSessionState } from '../session/session-context';
import { Logo } from './logo';
import { ThemeToggle } from './theme-toggle';

const LINKS = [
  { href: '/tiers/', text: 'Tiers' },
  { href: '/leaderboards/', text: 'Leaderboards' },
  { href: '/assessments/', text: 'Assessments' },
  { href: '/odds/', text: 'Odds' },
] as const;
/** Pages of the firm's own people. */
const STAFF_LINKS = [
  { href: '/risk/', text: 'Risk desk', isFor: isOfRiskDesk },
  { href: '/admin/tiers/', text: 'Tier editor', isFor: isAdmin },
  { href: '/admin/connections/', text: 'Connections', isFor: isAdmin },
] as const;

export function SiteHeader() {
  const pathname = usePathname();
  const state = useSessionState();
  const own = state.kind === 'signed-in' ? STAFF_LINKS.filter(({ isFor }) => isFor(state.user)) : [];
  const links = [...LINKS, ...own];
  return (
    <header className="site-header">
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <Link className="brand" href="/">
        <Logo />
        <span>Proving Ground</span>
      </Link>
      <nav aria-label="Main">
        {links.map(({ href, text }) => (
          <Link key={href} href={href} aria-current={pathname === href ? 'page' : undefined}>
            {text}
          </Link>
        ))}
      </nav>
      <div className="site-header-end">
        <ThemeToggle />
        <Who />
      </div>
    </header>
  );
}

/** Holds its width while the session is looked up, so that nothing jumps. */
function Who() {
  const state = useSessionState();
  const session = useSession();
  const router = useRouter();
  if (state.kind === 'unknown') return <span className="who" aria-hidden="true" />;
  if (state.kind === 'signed-out') {
    return (
      <Link className="button button-quiet" href="/login/">
        Sign in
      </Link>
    );
  }
  const leave = async () => {
    await session.signOut();
    router.push('/');
  };
  return (
    <span className="who">
      <Link className="who-name" href="/account/" title={state.user.email}>
        {state.user.displayName}
      </Link>
      <button type="button" className="button button-quiet" onClick={() => void leave()}>
        Sign out
      </button>
    </span>
  );
}
