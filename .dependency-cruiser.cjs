/**
 * Folders are the boundaries (docs/ARCHITECTURE.md). Imports point inwards; each rule says what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const NOUNS = ['kernel', 'market', 'account', 'assessment'];

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
    // Both are types only: @types brings them under the names of the packages that they describe.
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(aws-lambda|nodemailer/lib/)' },
    },
    only('domain-is-pure', '^domain/', '^domain/', 'No npm, no node: the domain decides and knows nothing else.'),
    ...nounRules,
    // The schema of a rule set follows from the one description that its type and its hash follow from as well.
    only(
      'contracts-are-shapes',
      '^contracts/',
      '^(contracts/|domain/kernel/|domain/assessment/rules/(field|rule-set)\\.ts$|node_modules/zod/)',
      'A contract is a shape on a wire: zod, domain/kernel and the description of a rule set are all it needs.',
    ),
    only('usecases-own-their-ports', '^usecases/', '^(usecases|domain)/', 'Name what is needed as a port.'),
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
    homeOf('pg', 'pg', '^adapters/cockroach/'),
    homeOf('ioredis', 'ioredis', '^(adapters/redis/|runtime/)'),
    homeOf('kafkajs', 'kafkajs', '^adapters/kafka/'),
    homeOf('stripe', 'stripe', '^adapters/stripe/'),
    homeOf('nodemailer', 'nodemailer', '^adapters/mail/'),
    homeOf('aws-cdk-lib', 'aws-cdk-lib', '^(bin|lib)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/(\\.next|out)|cdk\\.out)' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main'],
    },
  },
};
