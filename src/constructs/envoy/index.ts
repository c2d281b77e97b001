export * from './envoy-mesh';
export * from './envoy-sidecar';
export * from './external-authorization';
export * from './inbound';
export * from './opa-policy-config-map';
export * from './upstream';
