export * from './cluster';
export * from './istio-version';
export * from './spire-version';
export * from './workload-api-socket';
