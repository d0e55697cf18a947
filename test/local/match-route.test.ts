import { matchRoute } from '../../local/lambda/match-route';

const routes = [
  'GET /orders',
  'GET /orders/{id}',
  'GET /orders/latest',
  'POST /orders',
  'GET /reports/{id}/{format}',
].map((routeKey) => ({ routeKey, functionName: 'any' }));

/** Goal: a request finds the route that API Gateway would choose, with its parameters decoded. */
test.each`
  request                    | route                           | parameters
  ${'GET /orders'}           | ${'GET /orders'}                | ${{}}
  ${'POST /orders'}          | ${'POST /orders'}               | ${{}}
  ${'GET /orders/17'}        | ${'GET /orders/{id}'}           | ${{ id: '17' }}
  ${'GET /orders/latest'}    | ${'GET /orders/latest'}         | ${{}}
  ${'GET /orders/a%2Fb%20c'} | ${'GET /orders/{id}'}           | ${{ id: 'a/b c' }}
  ${'GET /orders/%E0%A4'}    | ${'GET /orders/{id}'}           | ${{ id: '%E0%A4' }}
  ${'GET /reports/9/pdf'}    | ${'GET /reports/{id}/{format}'} | ${{ id: '9', format: 'pdf' }}
  ${'GET /orders/'}          | ${undefined}                    | ${undefined}
  ${'DELETE /orders'}        | ${undefined}                    | ${undefined}
  ${'GET /orders/17/fills'}  | ${undefined}                    | ${undefined}
`('$request → $route', ({ request, route, parameters }) => {
  const [method, path] = request.split(' ');
  const match = matchRoute(routes, method, path);
  expect(match?.route.routeKey).toBe(route);
  expect(match?.parameters).toEqual(parameters);
});
