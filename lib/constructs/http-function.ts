import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { Route } from '../../contracts/http/route';
import { type FunctionName, functions } from '../../contracts/http/routes';
import { httpFunctions } from '../config/functions';
import { addRouteAlarms } from './error-alarms';
import { ServiceLambda, type Surroundings } from './service-lambda';

/** A function behind the API, with exactly the routes that the contract gives it. */
export class HttpFunction extends Construct {
  readonly lambda: ServiceLambda;

  constructor(scope: Construct, api: HttpApi, name: FunctionName, surroundings: Surroundings) {
    super(scope, `Http-${name}`);
    this.lambda = new ServiceLambda(this, { ...surroundings, name, spec: httpFunctions[name] });
    const integration = new HttpLambdaIntegration(name, this.lambda.fn);
    const routes = Object.values<Route>(functions[name]);
    for (const { method, path } of routes) api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    addRouteAlarms(this, routes, { ...surroundings, name, spec: httpFunctions[name], logGroup: this.lambda.logGroup });
  }
}
