// Runs in CloudFront before a request goes to S3, which has files and no directories: `/desk/` is `/desk/index.html`.
// What is no file of the site becomes its page for that, because S3 would answer 403 in XML. S3 then says 200, and the
// same code, run on the answer, says 404: CloudFront runs no function on an answer that is an error already. `FILES`, the
// site's files, is put in front of this code at synth; scripts, whose earlier releases stay as well, are not among them.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  var file = fileOf(event.request.uri);
  if (!event.response) {
    event.request.uri = file;
    return event.request;
  }
  if (file === UNKNOWN && event.response.statusCode === 200) {
    event.response.statusCode = 404;
    event.response.statusDescription = 'Not Found';
  }
  return event.response;
}

var UNKNOWN = '/404.html';

function fileOf(uri) {
  var last = uri.slice(uri.lastIndexOf('/') + 1);
  var file = last === '' ? `${uri}index.html` : last.indexOf('.') === -1 ? `${uri}/index.html` : uri;
  return file.indexOf('/_next/') === 0 || FILES.indexOf(file) !== -1 ? file : UNKNOWN;
}
