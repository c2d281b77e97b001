import { isIP } from 'node:net';
import { listenersOf } from '../../../model/envoy';
import { isFilledIn } from '../../../model/filled-in';
import { Json, Path, asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyListenerAddress: Rule = {
  id: 'ENVOY-LISTENER-ADDRESS',
  level: Level.ERROR,
  title: 'an Envoy is to listen on what is no address',
  why: 'Envoy looks up no names here: "malformed IP address", and it does not start',
  fix: 'write 0.0.0.0, 127.0.0.1, or :: and ::1',
  source: 'observed: Envoy 1.40; envoy source/common/network/resolver_impl.cc, IpResolver',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const places: [Path, Json][] = [[['admin', 'address'], asObject(asObject(envoy.value).admin).address],
        ...listenersOf(envoy).map(({ path, value }): [Path, Json] => [[...path, 'address'], value.address])];
      for (const [path, place] of places) {
        const { address, resolver_name: resolver } = asObject(asObject(place).socket_address);
        const text = asText(address);
        if (text !== '' && resolver === undefined && isIP(text) === 0 && !isFilledIn(text)) report.at(envoy, [...path, 'socket_address', 'address'], `"${text}" is no address`);
      }
    }
  },
};
