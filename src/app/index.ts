export * from './fleet';
export * from './gitops-app';
export * from './gitops-app-props';
export * from './output-checks';
export * from './synthesis-checks';
export * from './synthesis-summary';
