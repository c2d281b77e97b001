import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { WASM_PLUGIN } from '../../refusals/wasm';
import { Rule } from '../../rule';

export const meshWasmShape: Rule = {
  id: 'MESH-WASM-SHAPE',
  level: Level.ERROR,
  title: 'a WasmPlugin has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it',
  fix: 'give the URL of the module, oci://… for an image, and the SHA-256 as 64 hexadecimal digits',
  source: 'istio pkg/config/validation/validation.go, ValidateWasmPlugin; WasmPlugin CRD',
  check: (system, report) => judgeAll(system, report, ['extensions.istio.io', 'WasmPlugin'], WASM_PLUGIN),
};
