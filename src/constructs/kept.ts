/**
 * What keeps an object when a GitOps controller no longer finds it in the repository: whoever removes it means to, by hand.
 */
export const KEPT = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};
