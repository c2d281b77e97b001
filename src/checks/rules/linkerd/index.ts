import { linkerdAuthentication } from './linkerd-authentication';
import { linkerdExternalWorkload } from './linkerd-external-workload';
import { linkerdInCluster } from './linkerd-in-cluster';
import { Rule } from '../../rule';

export const LINKERD_RULES: readonly Rule[] = [
  linkerdAuthentication,
  linkerdExternalWorkload,
  linkerdInCluster,
];
