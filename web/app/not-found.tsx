import Link from 'next/link';
import { AuthPanel } from '../parts/auth-panel';

export default function NotFound() {
  return (
    <AuthPanel title="There is no such page" intro="The address may be mistyped, or the page has moved.">
      <Link className="button button-main button-wide" href="/">
        To the start page
      </Link>
    </AuthPanel>
  );
}
