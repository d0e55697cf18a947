'use client';

import type { Command } from '../lib/commands';
import type { Instrument } from '../lib/contract';
import { dollarsText, roundDollars } from '../lib/display';
import { type Naming, namingOf } from '../lib/naming';
import { isGrave, type Outlook } from '../lib/outlook';
import { gaugeName } from '../lib/rules';
import { gaugeOf } from '../lib/standing';
import { Modal } from '../parts/modal';
import { OutlookList } from './outlook-list';
import type { Asking } from './use-asking';

type AskDialogProps = Pick<Asking, 'asked' | 'confirm' | 'dismiss'> & {
  readonly instruments: readonly Instrument[];
  readonly rules: Parameters<typeof gaugeName>[1];
};

/** Asks before something is sent that breaks a rule: what it costs, what it brings, what follows. */
export function AskDialog({ asked, confirm, dismiss, instruments, rules }: AskDialogProps) {
  const outcomes = asked?.outcomes;
  return (
    <Modal isOpen={asked !== undefined} titledBy="ask-title" onCancel={dismiss}>
      {asked && (
        <>
          <h2 id="ask-title">{titleOf(asked.command, outcomes?.outlooks, namingOf(instruments))}</h2>
          {outcomes === undefined && (
            <p>The platform does not answer at the moment, so what this would cost and break is not known.</p>
          )}
          {outcomes && (
            <>
              <OutlookList outlooks={outcomes.outlooks} />
              <dl className="ask-figures">
                {outcomes.balanceUsd !== null && (
                  <div>
                    <dt>Balance after</dt>
                    <dd>{dollarsText(outcomes.balanceUsd)}</dd>
                  </div>
                )}
                {outcomes.rooms.map(gaugeOf).map(({ rule, leftUsd }) => (
                  <div key={rule}>
                    <dt>{gaugeName(rule, rules)}</dt>
                    <dd className={leftUsd <= 0n ? 'loss' : undefined}>{roundDollars(leftUsd)} left</dd>
                  </div>
                ))}
              </dl>
              {outcomes.left.length > 0 && (
                <p className="fine">
                  Not closed, or not whole, for want of a book:{' '}
                  {outcomes.left.map((id) => namingOf(instruments)(id).unit).join(', ')}.
                </p>
              )}
            </>
          )}
          <p className="row-actions">
            <button type="button" className="button button-main" onClick={dismiss}>
              Keep it as it is
            </button>
            <button type="button" className="button button-danger" onClick={confirm}>
              {DOES[asked.command.kind]} all the same
            </button>
          </p>
        </>
      )}
    </Modal>
  );
}

const DOES: Readonly<Record<Command['kind'], string>> = {
  place: 'Send the order',
  amend: 'Change it',
  close: 'Close',
  'close-all': 'Close everything',
  cancel: 'Cancel it',
  'cancel-all': 'Cancel everything',
};

/** Undefined: what it would do is not known. */
function titleOf(command: Command, outlooks: readonly Outlook[] | undefined, naming: Naming): string {
  const breaks = breaksText(outlooks);
  switch (command.kind) {
    case 'close':
      return `Closing ${naming(command.instrument).unit} ${breaks}`;
    case 'close-all':
      return `Closing everything ${breaks}`;
    case 'amend':
      return `This change ${breaks}`;
    case 'place':
      return `This order ${breaks}`;
    case 'cancel':
    case 'cancel-all':
      return 'Cancel?';
  }
}

function breaksText(outlooks: readonly Outlook[] | undefined): string {
  if (!outlooks) return 'may break a rule';
  const [first] = outlooks.filter(isGrave);
  if (!first) return 'breaks no rule any more';
  return first.name === 'Now' || first.name === 'Closed now' ? 'breaks a rule' : 'leads to a broken rule';
}
