import type { Templates } from './templates';

type ViewerFunction = string;

export type Behaviour = {
  /** CloudFront's pattern: `/api/*`, or `*` for the default. */
  readonly pattern: string;
  readonly target: 'pages' | 'api' | 'websocket';
  /** Source of the function that sees each request first. */
  readonly viewerRequest: ViewerFunction | undefined;
  /** Source of the function that sees each answer last. */
  readonly viewerResponse: ViewerFunction | undefined;
  /** Set over whatever the viewer sent, for those behind alone. */
  readonly originHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
};

type CacheBehaviour = {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: string }[];
  readonly ResponseHeadersPolicyId?: string;
};

type Origin = {
  readonly Id: string;
  readonly DomainName: string;
  readonly S3OriginConfig?: object;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
};

/** A field of a secret by the secret's last name, as `{{resolve:secretsmanager:…}}` asks CloudFormation for it. */
type SecretField = (name: string, field: string) => string;

/** The behaviours of the distribution in the order in which CloudFront tries them, the default one last. */
export function readBehaviours(templates: Templates, secretField: SecretField): readonly Behaviour[] {
  const [distribution] = templates.ofType('AWS::CloudFront::Distribution');
  if (!distribution) throw new Error('the assembly has no CloudFront distribution');
  const config = distribution.properties.DistributionConfig as {
    readonly CacheBehaviors?: readonly CacheBehaviour[];
    readonly DefaultCacheBehavior: CacheBehaviour;
    readonly Origins: readonly Origin[];
  };
  const targetOf = (id: string): Behaviour['target'] => {
    const origin = config.Origins.find(({ Id }) => Id === id);
    if (origin?.S3OriginConfig) return 'pages';
    return origin?.DomainName.includes('.execute-api.') ? 'api' : 'websocket';
  };
  return [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior].map((behaviour) => {
    const codeOf = (event: string): ViewerFunction | undefined => {
      const association = behaviour.FunctionAssociations?.find(({ EventType }) => EventType === event);
      const code = association && templates.at(association.FunctionARN)?.properties.FunctionCode;
      return code === undefined ? undefined : String(code);
    };
    const origin = config.Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
    return {
      pattern: behaviour.PathPattern ?? '*',
      target: targetOf(behaviour.TargetOriginId),
      viewerRequest: codeOf('viewer-request'),
      viewerResponse: codeOf('viewer-response'),
      originHeaders: Object.fromEntries(
        (origin?.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => [
          HeaderName.toLowerCase(),
          resolved(HeaderValue, secretField),
        ]),
      ),
      responseHeaders: headersOf(templates, behaviour.ResponseHeadersPolicyId),
    };
  });
}

const DYNAMIC = /^\{\{resolve:secretsmanager:(?:[^:]*\/)?([^:/]+):SecretString:([^:]+):[^:]*:[^:]*\}\}$/;

function resolved(value: string, secretField: SecretField): string {
  const [, name, field] = DYNAMIC.exec(value) ?? [];
  return name !== undefined && field !== undefined ? secretField(name, field) : value;
}

type Policy = {
  readonly CustomHeadersConfig?: { readonly Items: readonly { readonly Header: string; readonly Value: string }[] };
  readonly SecurityHeadersConfig?: {
    readonly ContentSecurityPolicy?: { readonly ContentSecurityPolicy: string };
    readonly ContentTypeOptions?: object;
    readonly FrameOptions?: { readonly FrameOption: string };
    readonly ReferrerPolicy?: { readonly ReferrerPolicy: string };
  };
};

/** Strict-Transport-Security is left out: the local origin speaks plain HTTP. */
function headersOf(templates: Templates, policyAddress: string | undefined): Readonly<Record<string, string>> {
  const found = policyAddress === undefined ? undefined : templates.at(policyAddress);
  const policy = found?.properties.ResponseHeadersPolicyConfig as Policy | undefined;
  const security = policy?.SecurityHeadersConfig;
  const headers: Record<string, string> = {};
  for (const { Header, Value } of policy?.CustomHeadersConfig?.Items ?? []) headers[Header.toLowerCase()] = Value;
  const csp = security?.ContentSecurityPolicy?.ContentSecurityPolicy;
  if (csp) headers['content-security-policy'] = csp;
  if (security?.ContentTypeOptions) headers['x-content-type-options'] = 'nosniff';
  if (security?.FrameOptions) headers['x-frame-options'] = security.FrameOptions.FrameOption;
  if (security?.ReferrerPolicy) headers['referrer-policy'] = security.ReferrerPolicy.ReferrerPolicy;
  return headers;
}
