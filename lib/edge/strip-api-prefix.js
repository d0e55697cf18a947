// Runs in CloudFront before a request goes to the API, which knows no `/api`, or to the gateway of the sockets. The
// viewer's address is set here, over whatever the viewer claimed, because those behind see CloudFront's own.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/^\/api(?=\/|$)/, '') || '/';
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return request;
}
