import type { Ban } from './bans';

/** Words with two meanings, or none, and openings of comments that leave out what they speak of. */
export const WORDS: readonly Ban[] = [
  { where: /\.tsx?$/, what: /\bhappenings?\b/i, use: 'account event' },
  {
    where: /^(?!web\/)/,
    what: /\bannounc(e|es|ed|ing|ements?)\b/i,
    use: 'publish, or an outbox message: a page alone announces, to a screen reader',
  },
  {
    where: /^(usecases|runtime|adapters|contracts|lambdas|test\/(usecases|fakes|simulation)\/)/,
    // The page's address and an order's origin on the wire keep it.
    what: /(?<!risk[- ]|['/.])\bdesks?\b(?!['/])/i,
    use: 'the platform, a context, or what is meant: a desk is a page of the web, or the people of the risk desk',
  },
  { where: /^(?!engines\/|test\/engines\/)/, what: /\bladders?\b/i, use: 'levels of a book, or an edge index' },
  { where: /\.tsx?$/, what: /\bhindsight\b/i, use: 'catch-up' },
  { where: /\.tsx?$/, what: /\b(const|let) (\{.*\} = )?so\b|\(so\b\s*[,:)]|\bso\.\w/, use: 'the name of what it is' },
  {
    where: /\.[cm]?[jt]sx?$/,
    what: /^\s*(\/\*\*|\/\/|\*) (Of|The same)\b/,
    use: 'a comment that begins with its subject',
  },
];
