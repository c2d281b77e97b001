import { CILIUM_RULES } from './cilium';
import { ENVOY_RULES } from './envoy';
import { FED_RULES } from './fed';
import { HELM_RULES } from './helm';
import { INPUT_RULES } from './input';
import { LINKERD_RULES } from './linkerd';
import { MESH_RULES } from './mesh';
import { OBS_RULES } from './obs';
import { OPA_RULES } from './opa';
import { OPS_RULES } from './ops';
import { SPIRE_RULES } from './spire';
import { Rule } from '../rule';

/** Every rule. */
export const RULES: readonly Rule[] = [
  ...INPUT_RULES,
  ...SPIRE_RULES,
  ...FED_RULES,
  ...MESH_RULES,
  ...ENVOY_RULES,
  ...OPA_RULES,
  ...OBS_RULES,
  ...OPS_RULES,
  ...HELM_RULES,
  ...CILIUM_RULES,
  ...LINKERD_RULES,
];
