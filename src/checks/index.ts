export * from './finding';
export * from './manifest-checker';
