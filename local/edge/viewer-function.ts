import vm from 'node:vm';

type Header = { value: string };
type ViewerRequest = { method: string; uri: string; headers: Record<string, Header> };

/** CloudFront allows a millisecond of computing; this is wall clock, on a machine that may be busy with anything. */
const TIMEOUT_MS = 1_000;

/**
 * Runs a CloudFront function (JavaScript runtime 2.0) of the template on a request: it may rewrite path and headers.
 */
export function viewerFunction(code: string): (request: ViewerRequest, ip: string) => ViewerRequest {
  const context = vm.createContext({});
  vm.runInContext(code, context, { timeout: TIMEOUT_MS });
  return (request, ip) => {
    context.event = { version: '1.0', viewer: { ip }, request };
    return vm.runInContext('handler(event)', context, { timeout: TIMEOUT_MS }) as ViewerRequest;
  };
}
