export * from './trust-domain';
export * from './spiffe-id';
export * from './workload-identity';
