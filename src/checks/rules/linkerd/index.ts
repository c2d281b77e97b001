import { linkerdAuthentication } from './linkerd-authentication';
import { linkerdExternalWorkload } from './linkerd-external-workload';
import { linkerdInCluster } from './linkerd-in-cluster';
import { linkerdIssuer } from './linkerd-issuer';
import { linkerdKeyType } from './linkerd-key-type';
import { linkerdReference } from './linkerd-reference';
import { linkerdServer } from './linkerd-server';
import { Rule } from '../../rule';

export const LINKERD_RULES: readonly Rule[] = [
  linkerdAuthentication,
  linkerdExternalWorkload,
  linkerdInCluster,
  linkerdIssuer,
  linkerdKeyType,
  linkerdReference,
  linkerdServer,
];
