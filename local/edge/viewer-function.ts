import vm from 'node:vm';

type Header = { value: string };
type ViewerRequest = { method: string; uri: string; headers: Record<string, Header> };
type ViewerAnswer = { statusCode: number; headers: Record<string, Header> };

/** CloudFront allows a millisecond of computing; this is wall clock, on a machine that may be busy with anything. */
const TIMEOUT_MS = 1_000;

/** Runs a CloudFront function (JavaScript runtime 2.0) of the template on an event. */
function viewerFunction(code: string): (event: object) => unknown {
  const context = vm.createContext({});
  vm.runInContext(code, context, { timeout: TIMEOUT_MS });
  return (event) => {
    context.event = { version: '1.0', ...event };
    return vm.runInContext('handler(event)', context, { timeout: TIMEOUT_MS });
  };
}

/** On a request: it may rewrite path and headers. Without code the request stays as it is. */
export function requestFunction(code: string | undefined): (request: ViewerRequest, ip: string) => ViewerRequest {
  const run = code === undefined ? undefined : viewerFunction(code);
  return (request, ip) => (run ? (run({ viewer: { ip }, request }) as ViewerRequest) : request);
}

/** On an answer: it may change the status. CloudFront runs none on an answer that is an error already. */
export function statusFunction(code: string | undefined): (request: ViewerRequest, status: number) => number {
  const run = code === undefined ? undefined : viewerFunction(code);
  return (request, statusCode) => {
    if (!run || statusCode >= 400) return statusCode;
    return (run({ request, response: { statusCode, headers: {} } }) as ViewerAnswer).statusCode;
  };
}
