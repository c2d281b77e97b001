import { ciliumAuthMode } from './cilium-auth-mode';
import { ciliumMutualAuth } from './cilium-mutual-auth';
import { Rule } from '../../rule';

export const CILIUM_RULES: readonly Rule[] = [
  ciliumAuthMode,
  ciliumMutualAuth,
];
