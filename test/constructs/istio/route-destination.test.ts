import { RouteDestination, Subset } from '../../../src';

const full = (host: string) => `${host}.full`;

test('leads to a host, or to a version of it', () => {
  const v1 = new Subset('reviews', { name: 'v1', labels: { version: 'v1' } });
  expect(RouteDestination.host('reviews')._toJson(full)).toEqual({ destination: { host: 'reviews.full' } });
  expect(RouteDestination.subset(v1, { weight: 0, port: 80 })._toJson(full))
    .toEqual({ destination: { host: 'reviews.full', subset: 'v1', port: { number: 80 } }, weight: 0 });
});

test.each([-1, 101, 33.3, NaN])('fails for a weight of %s', (weight) => {
  expect(() => RouteDestination.host('reviews', { weight })).toThrow(`weight ${weight} of the route to 'reviews' is no share`);
});

test('fails for a port that is none', () => {
  expect(() => RouteDestination.host('reviews', { port: 0 })).toThrow("route to 'reviews': port 0 is no port");
});
