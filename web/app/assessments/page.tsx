import type { Metadata } from 'next';
import Link from 'next/link';
import { SignedInOnly } from '../../parts/signed-in-only';
import { AssessmentList } from './assessment-list';

export const metadata: Metadata = { title: 'My assessments' };

export default function AssessmentsPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>My assessments</h1>
        <p>
          <Link href="/account/">Your account, sessions and password</Link>
        </p>
      </header>
      <SignedInOnly>
        <AssessmentList />
      </SignedInOnly>
    </div>
  );
}
