import { WORDS } from './words';

/** What a linter cannot know: where a thing may not stand, and what to use instead. */
export type Ban = {
  readonly where: RegExp;
  readonly what: RegExp;
  readonly use: string;
};

const PRODUCT = /^(bin|lib|domain|contracts|usecases|adapters|runtime|lambdas|eks-workloads|engines|local|web)\//;
const PURE = /^(domain|usecases)\//;

export const BANS: readonly Ban[] = [
  { where: PURE, what: /\bDate\.now\(|new Date\(\)/, use: 'an Instant passed in' },
  { where: PURE, what: /Math\.random\(|randomUUID\(|uuidv7\(/, use: 'an id passed in' },
  { where: PURE, what: /\bNumber\(|parseFloat\(|parseInt\(/, use: 'bigint and divide()' },
  { where: PURE, what: /\bconsole\.|\bprocess\./, use: 'a returned value, or a port' },
  { where: /^(?!runtime\/|lib\/|bin\/|local\/|test\/)/, what: /process\.env/, use: 'runtime/config' },
  {
    where: /^(?!adapters\/cockroach\/|test\/|local\/|lib\/)/,
    what: /\b(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/,
    use: 'a statement in adapters/cockroach',
  },
  { where: PRODUCT, what: /import \{.*from 'zod'/, use: "import * as z from 'zod', which bundles only what is used" },
  { where: PRODUCT, what: /\b(TODO|FIXME|XXX|HACK)\b/, use: 'an issue, or do it now' },
  {
    where: /^web\//,
    what: /https?:\/\/(?!(127\.0\.0\.1|localhost|www\.w3\.org|www\.tradingview\.com))/,
    use: 'a path on the one origin',
  },
  // A formatter is not outwitted: it breaks a long literal, and the compiler looks at each of its properties.
  { where: /\.(tsx?|mjs)$/, what: /\.\.\.\{/, use: 'the properties themselves, one a line' },
  {
    where: /\.(tsx?|mjs)$/,
    what: /\.\.\.\(?\[[^[\]]*\](?!\s*[.:[])|\.\.\.\(\[$/,
    use: 'the elements themselves, one a line',
  },
  { where: /^test\//, what: /\b(it|test|describe)\.(only|skip|todo)\(|\bx(it|describe)\(/, use: 'a test that runs' },
  { where: /^test\//, what: /expect\((true|false|1)\)\.toBe\(\1\)/, use: 'a test that can fail' },
  { where: /^test\//, what: /setTimeout\([^,]*, ?\d{3,}\)\);?$/, use: 'an event that is awaited' },
];

/** Names that say nothing of what is inside. */
const HOLLOW = /(^|\/)(utils?|helpers?|common|managers?|misc|index)(\.|\/|$)/;
const LINES_MAX = 300;
const COLUMNS_MAX = 120;

/** Every complaint about a file, each with its place. */
export function complaintsOf(file: string, lines: readonly string[]): readonly string[] {
  const inLines = lines.flatMap((line, index) => {
    const at = `${file}:${index + 1}`;
    // Texts and tables are broken by their sense; everything else the formatter could have broken.
    const isText = /['"`|]/.test(line);
    return [
      ...(line.length > COLUMNS_MAX && !isText ? [`${at}: over ${COLUMNS_MAX} columns`] : []),
      ...[...BANS, ...WORDS]
        .filter((ban) => ban.where.test(file) && ban.what.test(line))
        .map((ban) => `${at}: use ${ban.use}`),
    ];
  });
  return [
    ...(HOLLOW.test(file) ? [`${file}: name it after what it holds`] : []),
    ...(lines.length - 1 > LINES_MAX ? [`${file}: over ${LINES_MAX} lines has two subjects`] : []),
    ...inLines,
  ];
}
