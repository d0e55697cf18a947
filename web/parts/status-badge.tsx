import type { Summary } from '../lib/contract';

const STATUS: Readonly<Record<Summary['status'], { readonly mark: string; readonly text: string }>> = {
  active: { mark: '●', text: 'Active' },
  passed: { mark: '✓', text: 'Passed' },
  failed: { mark: '✕', text: 'Failed' },
};

export const StatusBadge = ({ status }: { readonly status: Summary['status'] }) => (
  <span className={`badge badge-${status}`}>
    <span aria-hidden="true">{STATUS[status].mark}</span> {STATUS[status].text}
  </span>
);
