import { ciliumAlwaysFail } from './cilium-always-fail';
import { ciliumAuthMode } from './cilium-auth-mode';
import { ciliumDelegate } from './cilium-delegate';
import { ciliumMutualAuth } from './cilium-mutual-auth';
import { ciliumMutualAuthLater } from './cilium-mutual-auth-later';
import { ciliumTrustDomain } from './cilium-trust-domain';
import { Rule } from '../../rule';

export const CILIUM_RULES: readonly Rule[] = [
  ciliumAlwaysFail,
  ciliumAuthMode,
  ciliumDelegate,
  ciliumMutualAuth,
  ciliumMutualAuthLater,
  ciliumTrustDomain,
];
