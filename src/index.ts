export * from './app';
export * as checks from './checks';
export * from './cli/validation';
export * from './cluster';
export * from './constructs';
export * from './delivery';
export * from './identity';
export * as presets from './presets';
