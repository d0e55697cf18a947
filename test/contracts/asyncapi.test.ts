import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import specs from '@asyncapi/specs';
import Ajv from 'ajv';
import { asyncApi } from '../../local/asyncapi/document';
import { SENT } from './frame-samples';

const file = join(__dirname, '../../docs/reference/asyncapi.json');
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });

type Payloads = { readonly components: { readonly messages: Readonly<Record<string, { readonly payload: object }>> } };
const payloadOf = (name: string): object => {
  const message = (asyncApi() as Payloads).components.messages[name];
  if (!message) throw new Error(`${name} is not in the document`);
  return message.payload;
};

/** Goal: whoever writes a client by the document alone writes one that works. */
test('the document in the repository is what the contracts say: `npm run asyncapi` writes it anew', () => {
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(asyncApi())));
});

test('it is a document of AsyncAPI 3.0', () => {
  const isValid = ajv.compile(specs.schemasWithoutId['3.0.0'] as object);
  expect(isValid(asyncApi()) ? [] : isValid.errors).toEqual([]);
});

test.each(Object.entries(SENT))('a frame of %s keeps its schema, and does not without its number', (type, frame) => {
  const isValid = ajv.compile(payloadOf(`tell-${type}`));
  expect(isValid(frame) ? [] : isValid.errors).toEqual([]);
  const { n, ...unnumbered } = frame;
  expect(isValid(unnumbered)).toBe(false);
});

test('what a browser may say keeps its schema, what it may not does not', () => {
  const isValid = ajv.compile(payloadOf('say-subscribe-quotes'));
  expect(isValid({ op: 'subscribe-quotes', instruments: ['BTC-USD'], everyMs: 250 })).toBe(true);
  expect(isValid({ op: 'subscribe-quotes', instruments: [] })).toBe(false);
  expect(isValid({ op: 'subscribe-quotes', instruments: ['BTC-USD'], more: 1 })).toBe(false);
});
