/**
 * Folders are the boundaries (docs/ARCHITECTURE.md). Imports point inwards; each rule says what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const NOUNS = ['kernel', 'market', 'account', 'assessment', 'simulation'];

/** domain/<noun> may use itself and the nouns below it. */
const nounRules = [
  ...NOUNS.map((noun, index) => ({
    name: `domain-${noun}-uses-lower-nouns`,
    comment: 'A lower noun never knows a higher one: move what both need down.',
    severity: 'error',
    from: { path: `^domain/${noun}/` },
    to: { path: '^domain/', pathNot: `^domain/(${NOUNS.slice(0, index + 1).join('|')})/` },
  })),
  ...['purchase', 'identity'].map((noun) => ({
    name: `domain-${noun}-uses-the-kernel`,
    comment: 'It stands beside trading: only the kernel is below it.',
    severity: 'error',
    from: { path: `^domain/${noun}/` },
    to: { path: '^domain/', pathNot: `^domain/(kernel|${noun})/` },
  })),
];

/** Each room of a folder may use itself and those before it in the list; a room without a place there is refused. */
const roomRules = (folder, rooms, beside = []) => {
  const name = folder.replaceAll('/', '-');
  const within = (some) => `^${folder}/(${[...some, ...beside].join('|')})/`;
  return [
    ...rooms.map((room, index) => ({
      name: `${name}-${room}-uses-earlier-rooms`,
      comment: 'An earlier room never knows a later one: move what both need into the earlier.',
      severity: 'error',
      from: { path: `^${folder}/${room}/` },
      to: { path: `^${folder}/`, pathNot: within(rooms.slice(0, index + 1)) },
    })),
    {
      name: `${name}-rooms-have-a-place`,
      comment: 'Name the new room in the order of .dependency-cruiser.cjs, where a reader meets it.',
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: within(rooms) },
      to: {},
    },
  ];
};

/** In the order in which they may know one another. */
const ROOMS = [
  ...roomRules('domain/assessment', [
    ...['rules', 'context', 'judging', 'pre-trade', 'matching', 'commands'],
    ...['evidence', 'settlement', 'progression', 'surveillance', 'reporting'],
  ]),
  ...roomRules(
    'usecases',
    [
      ...['concurrency', 'identity', 'market-data', 'archive', 'events', 'trading', 'judging'],
      ...['assessment', 'purchase', 'surveillance', 'reporting', 'simulation', 'operations'],
    ],
    ['ports'],
  ),
  ...roomRules('adapters/cockroach', [
    ...['migrations', 'connection', 'events', 'market-data', 'settlements', 'leases', 'identity'],
    ...['purchase', 'accounts', 'assessments', 'surveillance', 'studies', 'check-sql'],
  ]),
];

const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: to },
});

/** Each driver has one home. */
const homeOf = (name, module, home) => ({
  name: `${name}-has-one-home`,
  comment: `Only ${home} knows ${module}: use its adapter.`,
  severity: 'error',
  from: {
    path: '^(domain|contracts|usecases|adapters|runtime|engines|lambdas|eks-workloads|web|bin|lib)/',
    pathNot: home,
  },
  to: { path: `^node_modules/${module}/` },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circle-of-folders',
      comment: 'Two folders that know each other are one: move what both need into a third, or into the lower.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    // Both are types only: @types brings them under the names of the packages that they describe.
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(aws-lambda|nodemailer/lib/)' },
    },
    ...[
      ['contracts/[^/]+$', 'contracts/[^/]+/', 'What all contracts share knows none of them.'],
      ['runtime/[^/]+$', 'runtime/compose/', 'A host takes what was composed as an argument.'],
      ['engines/risk/selection/', 'engines/risk/[^/]+$', 'It selects; the engine around it judges.'],
    ].map(([below, above, comment]) => ({
      name: `${below.replace(/\/(\[.*)?$/, '').replaceAll('/', '-')}-stands-below`,
      comment,
      severity: 'error',
      from: { path: `^${below}` },
      to: { path: `^${above}` },
    })),
    only('domain-is-pure', '^domain/', '^domain/', 'No npm, no node: the domain decides and knows nothing else.'),
    ...nounRules,
    ...ROOMS,
    // The schema of a rule set follows from the one description that its type and its hash follow from as well.
    only(
      'contracts-are-shapes',
      '^contracts/',
      '^(contracts/|domain/kernel/|domain/(account/rule-name|assessment/rules/(field|rule-set))\\.ts$|node_modules/zod/)',
      'A contract is a shape on a wire: zod, domain/kernel and the description of a rule set are all it needs.',
    ),
    {
      name: 'ports-know-no-use-case',
      comment: 'A port says what is needed, not what for.',
      severity: 'error',
      from: { path: '^usecases/ports/' },
      to: { path: '^usecases/', pathNot: '^usecases/ports/' },
    },
    only('usecases-own-their-ports', '^usecases/', '^(usecases|domain)/', 'Name what is needed as a port.'),
    {
      name: 'engines-know-no-edge',
      comment: 'An engine lives on what its workload passes in: parts, clocks, metrics and what to do with a failure.',
      severity: 'error',
      from: { path: '^engines/' },
      to: {
        pathNot: '^(engines|usecases|domain|contracts)/|^node_modules/zod/',
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'engines-are-apart',
      comment: 'Two engines share what a use case or the domain says, not their parts.',
      severity: 'error',
      from: { path: '^engines/([^/]+)/' },
      to: { path: '^engines/', pathNot: '^engines/$1/' },
    },
    {
      name: 'adapters-know-no-edge',
      comment: 'An adapter implements ports; composition is the business of runtime/.',
      severity: 'error',
      from: { path: '^adapters/' },
      to: { path: '^(runtime|engines|lambdas|eks-workloads|local|lib|bin|web|test)/' },
    },
    {
      name: 'adapters-do-not-import-each-other',
      comment: 'Join two outside systems in a use case.',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: { path: '^adapters/', pathNot: '^adapters/$1/' },
    },
    {
      name: 'entries-know-no-driver',
      comment: 'Ask runtime/ to compose it.',
      severity: 'error',
      from: { path: '^(lambdas|eks-workloads)/' },
      to: { path: '^(adapters|local|lib|bin|web|test)/' },
    },
    {
      name: 'entries-are-apart',
      comment: 'One folder is one function or one workload.',
      severity: 'error',
      from: { path: '^(lambdas|eks-workloads)/([^/]+)/' },
      to: { path: '^(lambdas|eks-workloads)/', pathNot: '^$1/$2/' },
    },
    {
      name: 'entries-decide-nothing',
      comment:
        'Types say what is handed over; a value is decided in a use case, told by its contract, answered by runtime/.',
      severity: 'error',
      from: { path: '^(lambdas|eks-workloads)/' },
      to: { path: '^(domain|usecases)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'functions-host-no-engine',
      comment:
        'An engine lives as long as its workload: a function calls use cases that runtime/compose has put together.',
      severity: 'error',
      from: { path: '^lambdas/' },
      to: { path: '^engines/' },
    },
    {
      name: 'workloads-run-engines',
      comment: 'What a workload does is done by its engine, and what that needs is composed by runtime/.',
      severity: 'error',
      from: { path: '^eks-workloads/' },
      to: { path: '^contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'runtime-serves-entries',
      severity: 'error',
      from: { path: '^runtime/' },
      to: { path: '^(engines|lambdas|eks-workloads|local|lib|bin|web|test)/' },
    },
    {
      name: 'infrastructure-imports-no-running-code',
      comment: 'Handlers are named by path; routes and topics come from contracts/ (docs/adr/0001).',
      severity: 'error',
      from: { path: '^(bin|lib)/' },
      to: { path: '^(domain|usecases|adapters|runtime|engines|lambdas|eks-workloads|local|web|test)/' },
    },
    {
      name: 'the-browser-gets-shapes-and-the-account',
      comment: 'What the browser runs anybody can read: ask the platform by a route of contracts/.',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^(bin|lib|domain|usecases|adapters|runtime|engines|lambdas|eks-workloads|local|test)/',
        pathNot: '^domain/(kernel|account)/',
      },
    },
    {
      name: 'the-laptop-is-used-by-nobody',
      comment: 'local/ hosts what also runs in the cloud; nothing that runs there may need it.',
      severity: 'error',
      from: { pathNot: '^(local|test)/' },
      to: { path: '^local/' },
    },
    homeOf('pg', 'pg', '^adapters/cockroach/'),
    homeOf('ioredis', 'ioredis', '^(adapters/redis/|runtime/)'),
    homeOf('kafkajs', 'kafkajs', '^adapters/kafka/'),
    homeOf('stripe', 'stripe', '^adapters/stripe/'),
    homeOf('nodemailer', 'nodemailer', '^adapters/mail/'),
    homeOf('hyparquet', '(hyparquet|hyparquet-writer)', '^adapters/archive/'),
    homeOf('client-s3', '@aws-sdk/client-s3', '^adapters/archive/'),
    homeOf('aws-cdk-lib', 'aws-cdk-lib', '^(bin|lib)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/(\\.next|out)|cdk\\.out)' },
    // It sees imports of types as well, and knows them from those of values.
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main'],
    },
  },
};
