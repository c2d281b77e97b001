import { destinationsOf } from '../../../src/model/mesh/routes';
import { systemOf } from '../system-of';

const found = (spec: string): string[] => destinationsOf(systemOf(`apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec: ${spec}\n`))
  .map(({ path, host }) => `${path.join('.')} ${host}`);

test('destinations are those of all routes of all protocols, with their paths, and mirrors', () => {
  expect(found('{http: [{redirect: {}}, {route: [{destination: {host: a}}, {destination: {host: b}}], mirror: {host: d}}], tls: [{route: [{destination: {host: c}}]}]}')).toEqual([
    'spec.http.1.route.0.destination a', 'spec.http.1.route.1.destination b', 'spec.http.1.mirror d', 'spec.tls.0.route.0.destination c',
  ]);
});

test('what is no list, or no object, has none', () => {
  expect(found('{http: a, tcp: [{route: {destination: {host: a}}}]}')).toEqual([]);
  expect(found('{tcp: [{route: [a]}]}')).toEqual([]);
});
