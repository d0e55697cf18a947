'use client';

import type { StoredFile } from '../../lib/contract';
import type { Check } from '../../lib/fingerprint';
import { saveFile } from '../../parts/save-file';

type SelfCheckProps = {
  readonly stored: StoredFile;
  readonly computed: string | undefined;
  readonly check: Check;
  readonly name: string;
};

const SAID: Readonly<Record<Check, string>> = {
  checking: 'Computing…',
  same: '✓ The bytes on this page are the bytes that were stored with the verdict.',
  differs: '✕ The bytes on this page are not those that were stored. Keep the file and ask for an explanation.',
  unknown: 'This browser computes a hash only over a secure connection. Download the file and check it as below.',
};

/** The evidence as a file, its stored hash, and the same hash computed here from what has arrived. */
export function SelfCheck({ stored, computed, check, name }: SelfCheckProps) {
  return (
    <section aria-labelledby="check">
      <h2 id="check">Check it yourself</h2>
      <div className="card self-check">
        <p className={`check-${check}`} role="status">
          {SAID[check]}
        </p>
        <dl>
          <div>
            <dt>Stored SHA-256</dt>
            <dd>
              <code>{stored.sha256 ?? 'not named by the platform'}</code>
            </dd>
          </div>
          <div>
            <dt>Computed in this browser</dt>
            <dd>
              <code>{computed ?? '—'}</code>
            </dd>
          </div>
        </dl>
        <p>
          <button type="button" className="button button-main" onClick={() => saveFile(stored.file, name)}>
            Download the evidence
          </button>
        </p>
        <p className="fine">
          With the file at hand, <code>shasum -a 256 {name}</code> prints the same hash. The file holds the rules, the
          account and the prices: whoever decides it again must come to the same verdict, and to the same bytes.
        </p>
      </div>
    </section>
  );
}
