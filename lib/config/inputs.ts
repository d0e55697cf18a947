import * as z from 'zod';

const products = /^([A-Z0-9]+-USD(,[A-Z0-9]+-USD)*)?$/;
const symbols = /^[A-Z0-9]+\/USD(,[A-Z0-9]+\/USD)*$/;
/** Up to fifty: each is asked about twice a minute, within the weight that Binance grants. */
const tetherSymbols = /^([A-Z0-9]+\/USDT(,[A-Z0-9]+\/USDT){0,49})?$/;

const KEPT_DAYS = /^[1-9]\d{0,3}$/;

/** Text of one form; a missing one is told by the same rule as a faulty one. */
const matching = (form: RegExp, rule: string) => z.string(rule).regex(form, rule);

/** What an installer has to know before a deploy. `docs/how-to/deploy.md` says where each comes from. */
export const inputs = z
  .strictObject({
    account: matching(/^\d{12}$/, 'must be an AWS account id of 12 digits'),
    region: matching(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as us-east-1'),
    domainName: z.hostname('must be the host name that traders open'),
    hostedZoneId: matching(/^Z[A-Z0-9]+$/, 'must be the id of a Route 53 hosted zone'),
    hostedZoneName: z.hostname('must be the name of that hosted zone'),
    alarmEmail: z.email('must be the address that alarms are mailed to'),
    mailTakesUtf8: z.enum(['yes', 'no'], 'must be yes or no: whether the mail server offers SMTPUTF8').default('no'),
    cockroachHost: z.hostname('must be the private host name of the CockroachDB Cloud cluster'),
    cockroachServiceName: matching(/^com\.amazonaws\.vpce\./, 'must be a PrivateLink service name'),
    redisPort: matching(/^\d{2,5}$/, 'must be a port').transform(Number),
    redisPeeringId: matching(/^pcx-[0-9a-f]+$/, 'must be the id of an accepted VPC peering').optional(),
    redisPeeringCidr: z.cidrv4('must be the CIDR of the peered Redis VPC').optional(),
    redisResourceConfigurationArn: matching(
      /^arn:aws:vpc-lattice:/,
      'must be the ARN of a shared resource configuration',
    ).optional(),
    edgeSecretVersion: z.uuid('must be the version id of the edge secret that CloudFront is to send').optional(),
    clusterAdminRoleArn: matching(/^arn:aws:iam::\d{12}:role\//, 'must be the ARN of a role').optional(),
    operatorHost: z
      .enum(['true', 'false'], 'must be true or false')
      .default('false')
      .transform((text) => text === 'true'),
    krakenSymbols: matching(symbols, 'must be symbols such as BTC/USD,ETH/USD').default(
      'BTC/USD,ETH/USD,SOL/USD,USDT/USD',
    ),
    binanceSymbols: matching(
      tetherSymbols,
      'must be symbols such as BTC/USDT,ETH/USDT, or empty to leave Binance out',
    ).default('BTC/USDT,ETH/USDT,SOL/USDT'),
    coinbaseProducts: matching(
      products,
      'must be products such as BTC-USD,USDT-USD, or empty to leave Coinbase out',
    ).default('BTC-USD,ETH-USD,SOL-USD,USDT-USD'),
    polymarketMarkets: matching(
      /^([a-z0-9-]+(,[a-z0-9-]+)*)?$/,
      'must be market slugs divided by commas, or empty for the most liquid',
    ).default(''),
    kalshiSeries: matching(
      /^[A-Z0-9]+(,[A-Z0-9]+)*$/,
      'must be tickers of series divided by commas, such as KXBTCY,KXFEDDECISION',
    ).default('KXBTCY,KXFEDDECISION,KXRAINNYC'),
    candleHistoryDays: matching(/^\d{1,2}$/, 'must be days from 0, which asks no venue for its past, to 99').default(
      '3',
    ),
    candleMinutesKeptDays: matching(KEPT_DAYS, 'must be days from 1 to 9999').default('30'),
    candleHoursKeptDays: matching(KEPT_DAYS, 'must be days from 1 to 9999').default('730'),
    // Longer than Kafka has them: the archive is read where those are gone.
    archiveDays: matching(
      /^([2-9]|[1-9]\d{1,3})$/,
      'must be for how many days ticks and frames are kept, from 2 to 9999',
    )
      .transform(Number)
      .default(30),
    holdUnpaid: z.enum(['on', 'off'], 'must be on or off').default('on'),
  })
  .superRefine((given, context) => {
    const peering = [given.redisPeeringId, given.redisPeeringCidr].filter((part) => part !== undefined).length;
    const isShared = given.redisResourceConfigurationArn !== undefined;
    if (peering === (isShared ? 0 : 2) || (peering === 0 && !isShared)) return;
    context.addIssue({ code: 'custom', path: ['redisPeeringId'], message: WAY_TO_REDIS });
  });

/** Exists only after the stack `network`: the peering is made to its VPC. Whatever is built on it is refused until then. */
export const WAY_TO_REDIS = 'give redisPeeringId with redisPeeringCidr, or redisResourceConfigurationArn, and not both';

export type Inputs = z.output<typeof inputs>;
export const inputNames = Object.keys(inputs.shape) as readonly (keyof Inputs)[];

/** `domainName` is set in the environment as `PROVING_GROUND_DOMAIN_NAME`. */
export const environmentName = (input: string): string =>
  `PROVING_GROUND_${input.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
