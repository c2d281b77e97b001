import { EnvoyPart, clustersOf, listenersOf } from '../../../model/envoy';
import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyTlsSide: Rule = {
  id: 'ENVOY-TLS-SIDE',
  level: Level.ERROR,
  title: 'the TLS of a cluster or a listener is that of the other side',
  why: 'a cluster calls with UpstreamTlsContext, a listener is called with DownstreamTlsContext: Envoy does not start',
  fix: 'write UpstreamTlsContext for a cluster, DownstreamTlsContext for a listener',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const tell = (part: EnvoyPart, path: Path, socket: Json, wrong: string): void => {
        const type = asText(asObject(asObject(socket).typed_config)['@type']);
        if (type.endsWith(`.${wrong}`)) report.at(envoy, [...part.path, ...path, 'transport_socket', 'typed_config'], `${asText(part.value.name)} has a ${wrong}`);
      };
      for (const part of clustersOf(envoy)) tell(part, [], part.value.transport_socket, 'DownstreamTlsContext');
      for (const part of listenersOf(envoy)) asObjects(part.value.filter_chains).forEach((chain, i) => tell(part, ['filter_chains', i], chain.transport_socket, 'UpstreamTlsContext'));
    }
  },
};
