export * from './nested-spire';
