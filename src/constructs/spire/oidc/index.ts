export * from './oidc-discovery-provider';
