import { type Route, routeKey } from '../../contracts/http/route';
import { functions } from '../../contracts/http/routes';
import { ourFunctions, templates } from '../fixtures/cloud/templates';

test("the API has exactly the contract's routes, each to the function that serves it", () => {
  const integrations = new Map(
    templates()
      .all('AWS::ApiGatewayV2::Integration')
      .map(({ id, properties }) => [id, properties]),
  );
  const served = templates()
    .all('AWS::ApiGatewayV2::Route')
    .map(({ properties }) => {
      const target = templates()
        .text(properties.Target)
        .replace(/^integrations\/<|>$/g, '');
      const uri = templates().text(integrations.get(target).IntegrationUri);
      const fn = ourFunctions().find(({ id }) => uri === `<${id}.Arn>`);
      return `${properties.RouteKey} -> ${fn?.name}`;
    });
  const contracted = Object.entries(functions).flatMap(([name, routes]) =>
    Object.values<Route>(routes).map((route) => `${routeKey(route)} -> ${name}`),
  );
  expect([...served].sort()).toEqual([...contracted].sort());
});

test('every integration speaks payload version 2.0', () => {
  const versions = templates()
    .all('AWS::ApiGatewayV2::Integration')
    .map(({ properties }) => properties.PayloadFormatVersion);
  expect(new Set(versions)).toEqual(new Set(['2.0']));
});

test('the stage is throttled and writes an access log with the latency of each request', () => {
  const { properties } = templates().one('AWS::ApiGatewayV2::Stage');
  expect(properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 });
  expect(JSON.parse(properties.AccessLogSettings.Format)).toMatchObject({ latencyMs: '$context.responseLatency' });
});
