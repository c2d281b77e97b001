export * from './access';
export * from './envoy';
export * from './federation';
export * from './istio';
export * from './network';
export * from './observability';
export { PodSecurityLevel } from './pod-security';
export * from './spire';
