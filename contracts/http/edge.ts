/**
 * What the edge, CloudFront in AWS and the local origin on a laptop, tells those behind it; whatever a viewer claims in
 * these headers is overwritten there. CloudFront refuses to add names that begin with `x-edge-` or `x-amz-`.
 */
export const ORIGIN_SECRET_HEADER = 'x-origin-secret';

/** Who sent the request, as the edge saw it: an IPv4 or IPv6 address without a port. Believed with the secret only. */
export const VIEWER_ADDRESS_HEADER = 'x-viewer-address';
