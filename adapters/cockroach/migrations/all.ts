import { statements as purchases } from './0002-purchases';
import { statements as outbox } from './0010-outbox';
import { statements as accounts } from './0011-accounts';
import { statements as verdicts } from './0012-verdicts';
import { statements as instruments } from './0013-instruments';
import { statements as programs } from './0014-programs';
import { statements as riskDesk } from './0015-risk-desk';
import { statements as leaderships } from './0016-leaderships';
import { statements as payouts } from './0017-payouts';
import { statements as candles } from './0019-candles';
import { statements as keptWindows } from './0021-kept-windows';
import { statements as leaderboards } from './0022-leaderboards';
import { statements as marketLeases } from './0023-market-leases';
import { statements as studies } from './0024-studies';
import { statements as identity } from './identity/0001-identity';
import { statements as registrations } from './identity/0003-registrations';
import { statements as passwordResets } from './identity/0004-password-resets';
import { statements as knownDevices } from './identity/0005-known-devices';
import type { Migration } from './migration';

/** Applied in this order; names are `NNNN-what`, as their files. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-identity', statements: identity },
  { name: '0002-purchases', statements: purchases },
  { name: '0003-registrations', statements: registrations },
  { name: '0004-password-resets', statements: passwordResets },
  { name: '0005-known-devices', statements: knownDevices },
  { name: '0010-outbox', statements: outbox },
  { name: '0011-accounts', statements: accounts },
  { name: '0012-verdicts', statements: verdicts },
  { name: '0013-instruments', statements: instruments },
  { name: '0014-programs', statements: programs },
  { name: '0015-risk-desk', statements: riskDesk },
  { name: '0016-leaderships', statements: leaderships },
  { name: '0017-payouts', statements: payouts },
  { name: '0019-candles', statements: candles },
  { name: '0021-kept-windows', statements: keptWindows },
  { name: '0022-leaderboards', statements: leaderboards },
  { name: '0023-market-leases', statements: marketLeases },
  { name: '0024-studies', statements: studies },
];
