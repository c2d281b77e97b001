export * from './body';
export * from './writer';
