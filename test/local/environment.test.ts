import { localEnvironment } from '../../local/environment';

const template = {
  STAGE: 'dev',
  DATABASE_SECRET: 'aws:data-stack/Secret8A1',
  STRIPE_API_URL: 'https://api.stripe.com',
};

test('a local value takes the place of the template’s; a literal stays', () => {
  const overrides = { DATABASE_SECRET: 'file:///secret.json', UNASKED: 'x' };
  const environment = localEnvironment('trading', template, overrides);
  expect(environment).toMatchObject({
    STAGE: 'dev',
    DATABASE_SECRET: 'file:///secret.json',
    STRIPE_API_URL: 'https://api.stripe.com',
  });
  expect(environment).not.toHaveProperty('UNASKED');
});

test.each`
  value
  ${'aws:data-stack/Secret8A1'}
  ${'arn:aws:kafka:us-east-1:1:cluster/x'}
  ${'https://AWS::Region.example'}
`('$value has no meaning on a laptop: the start ends with the name of the variable', ({ value }) => {
  expect(() => localEnvironment('trading', { KAFKA_BOOTSTRAP: value }, {})).toThrow(
    /trading: KAFKA_BOOTSTRAP refers to/,
  );
});

test.each`
  value
  ${''}
  ${'BTC/USD'}
  ${'BTC/USD,ETH/USD,SOL/USD'}
  ${'wss://ws.kraken.com/v2'}
  ${'--enable-source-maps'}
`('"$value" is a literal', ({ value }) => {
  expect(localEnvironment('market-data', { ANY: value }, {})).toMatchObject({ ANY: value });
});
