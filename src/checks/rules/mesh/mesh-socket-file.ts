import { proxyVariables } from '../../../model/mesh/proxy-variables';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSocketFile: Rule = {
  id: 'MESH-SOCKET-FILE',
  level: Level.ERROR,
  title: 'the name of the socket is a path',
  why: 'istio-agent looks in one folder for a file of that name: it refuses to start',
  fix: 'write the name of the file only, such as spire-agent.sock',
  source: 'istio pkg/istio-agent/agent.go',
  check: (system, report) => {
    for (const { manifest, path, name, value } of proxyVariables(system)) {
      if (name === 'WORKLOAD_IDENTITY_SOCKET_FILE' && value.includes('/')) report.at(manifest, path, `WORKLOAD_IDENTITY_SOCKET_FILE is ${value}`);
    }
  },
};
