export { BundleEndpointProps, WebBundleEndpointProps, BundleEndpoint } from './bundle-endpoint';
export * from './bundle-endpoint-certificate';
export * from './bundle-endpoint-profile';
export * from './cluster-federated-trust-domain';
export * from './spiffe-bundle';
