import { asText } from '../../../model/manifest';
import { proxyVariables } from '../../../model/mesh/proxy-variables';
import { isSpireHost } from '../../../model/spire/server-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshCaAddress: Rule = {
  id: 'MESH-CA-ADDRESS',
  level: Level.ERROR,
  title: 'Istio sends certificate requests to SPIRE',
  why: 'SPIRE has no such service: a proxy that does not see the socket gets no certificate at all',
  fix: 'remove the address; SPIRE is reached through the Workload API socket',
  source: 'istio pilot/cmd/pilot-agent/options/options.go; observed: istioctl of the 1.31 line',
  check: (system, report) => {
    const isSpire = (address: string): boolean => /spire/.test(address) || isSpireHost(system, address);
    for (const mesh of system.meshes) {
      const address = asText(mesh.values.value.global?.caAddress);
      if (isSpire(address)) report.at(mesh.manifest, [...mesh.values.path, 'global', 'caAddress'], `global.caAddress is ${address}`);
      for (const env of mesh.env) {
        if (env.name === 'CA_ADDR' && isSpire(env.value)) report.at(mesh.manifest, env.path, `CA_ADDR is ${env.value}`);
      }
    }
    for (const { manifest, path, name, value } of proxyVariables(system)) {
      if (name === 'CA_ADDR' && isSpire(value)) report.at(manifest, path, `CA_ADDR is ${value}`);
    }
  },
};
