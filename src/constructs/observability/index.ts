export * from './mesh-monitoring';
