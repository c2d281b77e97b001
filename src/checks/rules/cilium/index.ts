import { ciliumAuthMode } from './cilium-auth-mode';
import { ciliumMutualAuth } from './cilium-mutual-auth';
import { ciliumTrustDomain } from './cilium-trust-domain';
import { Rule } from '../../rule';

export const CILIUM_RULES: readonly Rule[] = [
  ciliumAuthMode,
  ciliumMutualAuth,
  ciliumTrustDomain,
];
