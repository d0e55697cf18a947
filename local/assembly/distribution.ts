import type { Templates } from './templates';

type ViewerFunction = string;

export type Behaviour = {
  /** CloudFront's pattern: `/api/*`, or `*` for the default. */
  readonly pattern: string;
  readonly target: 'pages' | 'api' | 'websocket';
  /** Source of the function that sees each request first. */
  readonly viewerRequest: ViewerFunction | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
};

type CacheBehaviour = {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: string }[];
  readonly ResponseHeadersPolicyId?: string;
};

type Origin = { readonly Id: string; readonly DomainName: string; readonly S3OriginConfig?: object };

/** The behaviours of the distribution in the order in which CloudFront tries them, the default one last. */
export function readBehaviours(templates: Templates): readonly Behaviour[] {
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
    const association = behaviour.FunctionAssociations?.find(({ EventType }) => EventType === 'viewer-request');
    const code = association && templates.at(association.FunctionARN)?.properties.FunctionCode;
    return {
      pattern: behaviour.PathPattern ?? '*',
      target: targetOf(behaviour.TargetOriginId),
      viewerRequest: code === undefined ? undefined : String(code),
      responseHeaders: headersOf(templates, behaviour.ResponseHeadersPolicyId),
    };
  });
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
