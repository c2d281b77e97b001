import { destinationsOf } from '../../../src/model/mesh/destinations';
import { readManifests } from '../../../src/model/reader';

const virtual = (spec: string) => readManifests('a.yaml', `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec: ${spec}\n`).manifests[0];

test('destinations are those of all routes of all protocols, with their paths', () => {
  const spec = '{http: [{redirect: {}}, {route: [{destination: {host: a}}, {destination: {host: b}}]}], tls: [{route: [{destination: {host: c}}]}]}';
  expect(destinationsOf(virtual(spec)).map(({ path, value }) => `${path.join('.')} ${value.host}`)).toEqual([
    'spec.http.1.route.0.destination a', 'spec.http.1.route.1.destination b', 'spec.tls.0.route.0.destination c',
  ]);
});

test('what is no list, or no object, has none', () => {
  expect(destinationsOf(virtual('{http: a, tcp: [{route: {destination: {host: a}}}]}'))).toEqual([]);
  expect(destinationsOf(virtual('{tcp: [{route: [a]}]}'))).toEqual([{ path: ['spec', 'tcp', 0, 'route', 0, 'destination'], value: {} }]);
});
