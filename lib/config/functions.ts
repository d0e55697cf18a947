import type { FunctionName } from '../../contracts/http/routes';
import type { Topic } from '../../contracts/topics/topics';
import { SECRETS, secretVariable, type Variable } from './variables';

export type FunctionSpec = {
  /** Its environment; the right to read a secret follows from the secret's variable. */
  readonly needs: readonly Variable[];
  readonly timeoutS: number;
  readonly memoryMb: number;
  /**
   * Instances at most in production: they bound the database's connections and a runaway. What people call is smaller in
   * the other stages; see `instancesMax`.
   */
  readonly concurrencyMax: number;
  /** Fewer errors than this within five minutes wake nobody; one does when it is not given. */
  readonly errorFloor?: number;
  /** Who is hurt when it fails; becomes the text of its alarm. */
  readonly errorImpact: string;
};

export type ConsumerSpec = FunctionSpec & {
  readonly topic: Topic;
  readonly batchSize: number;
  readonly windowS: number;
};

/** The API answers within 30 s or API Gateway does; a trader has given up long before that. */
const REQUEST = { timeoutS: 10, memoryMb: 512, errorFloor: 3 } as const;
/** Every function behind the API answers only to the edge, which shows its secret. */
const SIGNED_IN = ['EDGE_SECRET', 'DATABASE_SECRET', 'REDIS_SECRET', 'JWT_SECRET'] as const;

/** Complete by type: a function that appears in the contract does not compile until it is described here. */
export const httpFunctions: Readonly<Record<FunctionName, FunctionSpec>> = {
  auth: {
    ...REQUEST,
    needs: [...SIGNED_IN, 'SMTP_UTF8'],
    memoryMb: 1769, // One full CPU: argon2id is meant to be costly, but not slow.
    concurrencyMax: 20,
    errorImpact: 'people cannot register, sign in or stay signed in',
  },
  users: {
    ...REQUEST,
    needs: SIGNED_IN,
    concurrencyMax: 10,
    errorImpact: 'signed-in users cannot load who they are',
  },
  tiers: { ...REQUEST, needs: SIGNED_IN, concurrencyMax: 5, errorImpact: 'nobody sees what can be bought' },
  purchases: {
    ...REQUEST,
    // Without Redis: Stripe's client and Redis's do not fit into one bundle (docs/adr/0011).
    needs: ['EDGE_SECRET', 'DATABASE_SECRET', 'JWT_SECRET', 'STRIPE_SECRET', 'STRIPE_API_URL'],
    concurrencyMax: 10,
    errorImpact: 'traders cannot start a checkout, a retry or a reset',
  },
  'stripe-webhook': {
    ...REQUEST,
    needs: ['EDGE_SECRET', 'DATABASE_SECRET', 'STRIPE_SECRET', 'STRIPE_API_URL', 'HOLD_UNPAID'],
    concurrencyMax: 10,
    errorFloor: 1, // Each is somebody's money.
    errorImpact: 'traders have paid and wait for their assessment; Stripe retries for three days',
  },
  assessments: {
    ...REQUEST,
    needs: SIGNED_IN,
    concurrencyMax: 15,
    errorImpact: 'traders cannot see their assessments',
  },
  trading: {
    ...REQUEST,
    needs: SIGNED_IN,
    memoryMb: 1024,
    concurrencyMax: 40,
    errorImpact: 'traders cannot place orders or see their positions',
  },
  markets: {
    ...REQUEST,
    needs: SIGNED_IN,
    concurrencyMax: 15,
    errorImpact: 'the trading desk shows no instruments or charts',
  },
  reports: {
    ...REQUEST,
    needs: SIGNED_IN,
    timeoutS: 20,
    concurrencyMax: 5,
    errorImpact: 'finished traders cannot download their report',
  },
  'risk-desk': {
    ...REQUEST,
    needs: SIGNED_IN,
    concurrencyMax: 5,
    errorImpact: 'risk staff see and decide no signals and schedule no blackouts',
  },
  studies: {
    ...REQUEST,
    needs: SIGNED_IN,
    timeoutS: 20,
    memoryMb: 1769, // One full CPU: files of trades are read here, and all trades of a firm.
    concurrencyMax: 5,
    errorImpact: 'traders cannot ask for their odds or see them',
  },
  realtime: {
    ...REQUEST,
    needs: SIGNED_IN,
    concurrencyMax: 10,
    errorImpact: 'browsers cannot open the live connection',
  },
  health: {
    ...REQUEST,
    needs: ['EDGE_SECRET', 'DATABASE_SECRET', 'REDIS_SECRET'],
    concurrencyMax: 3,
    errorImpact: 'outside checks see the API as down',
  },
};

/** As many instances as their topic has partitions: fewer would turn batches away, more are never asked for. */
export const consumers = {
  'provision-assessment': {
    topic: 'payment',
    batchSize: 50,
    windowS: 1,
    needs: ['DATABASE_SECRET'],
    timeoutS: 30,
    memoryMb: 512,
    concurrencyMax: 6,
    errorImpact: 'traders have paid and wait for their assessment',
  },
  'advance-assessment': {
    topic: 'assessment',
    batchSize: 50,
    windowS: 1,
    needs: ['DATABASE_SECRET'],
    timeoutS: 30,
    memoryMb: 512,
    concurrencyMax: 12,
    errorImpact: 'traders have passed a phase and wait for the next',
  },
  'write-report': {
    topic: 'assessment',
    batchSize: 5,
    windowS: 1,
    needs: ['DATABASE_SECRET'],
    timeoutS: 60,
    memoryMb: 1769, // Charts and PDF are drawn here.
    concurrencyMax: 12,
    errorImpact: 'finished traders wait for their report',
  },
  'send-mail': {
    topic: 'identity',
    batchSize: 5,
    windowS: 1,
    needs: ['DATABASE_SECRET', 'SMTP_SECRET'],
    timeoutS: 60, // Five mails to a server that takes its time.
    memoryMb: 512,
    concurrencyMax: 6,
    errorImpact: 'people wait for the mail that confirms their address or sets a new password',
  },
} as const satisfies Readonly<Record<string, ConsumerSpec>>;

export const scheduledJobs = {
  sweep: {
    everyMinutes: 60,
    needs: ['DATABASE_SECRET', 'CANDLE_MINUTES_KEPT_DAYS', 'CANDLE_HOURS_KEPT_DAYS'],
    timeoutS: 300,
    memoryMb: 512,
    concurrencyMax: 1,
    errorImpact: 'nobody yet: published outbox rows, expired tokens and sessions pile up',
  },
  'detect-conduct': {
    everyMinutes: 5,
    needs: ['DATABASE_SECRET'],
    timeoutS: 120,
    memoryMb: 512,
    concurrencyMax: 1,
    errorImpact: 'the risk desk learns of hedging, reversing and copying too late',
  },
  'keep-leaderboards': {
    everyMinutes: 1,
    needs: ['DATABASE_SECRET', 'REDIS_SECRET'],
    timeoutS: 55, // It stops by itself long before the next one.
    memoryMb: 512,
    concurrencyMax: 1,
    errorImpact: 'leaderboards that were lost stay empty, and failed assessments stay on them',
  },
} as const satisfies Readonly<Record<string, FunctionSpec & { readonly everyMinutes: number }>>;

export const deploymentSteps = {
  'check-secrets': {
    needs: SECRETS.map(secretVariable),
    timeoutS: 60,
    memoryMb: 512,
    concurrencyMax: 1,
    errorImpact: 'the deploy stops before any new code runs',
  },
  migrate: {
    needs: ['DATABASE_SECRET'],
    timeoutS: 900,
    memoryMb: 512,
    concurrencyMax: 1,
    errorImpact: 'the deploy stops before any new code runs',
  },
  'create-topics': {
    needs: ['KAFKA_BOOTSTRAP'],
    timeoutS: 300,
    memoryMb: 512,
    concurrencyMax: 1,
    errorImpact: 'the deploy stops before any new code runs',
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;

/** Called by operators alone, with their own credentials; see docs/adr/0024. */
export const operations = {
  operate: {
    needs: ['DATABASE_SECRET', 'REDIS_SECRET', 'KAFKA_BOOTSTRAP'],
    timeoutS: 300,
    memoryMb: 1024, // A list of letters is read with their values.
    concurrencyMax: 2,
    errorImpact: 'operators cannot grant roles nor replay dead letters and verdicts',
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;

/** Instances of a function in a stage: what people call follows their number, the rest its topic or its clock. */
export const instancesMax = (name: string, spec: FunctionSpec, share: number): number =>
  Object.hasOwn(httpFunctions, name) ? Math.max(2, Math.ceil(spec.concurrencyMax * share)) : spec.concurrencyMax;
