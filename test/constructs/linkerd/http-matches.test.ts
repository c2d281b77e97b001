import { httpRouteRules } from '../../../src/constructs/linkerd/http-matches';

test('each method with each path, and what is not named is open', () => {
  const everyPath = { type: 'PathPrefix', value: '/' };
  expect(httpRouteRules([{ methods: ['GET', 'HEAD'] }, { paths: ['/a'] }, {}])).toEqual([{
    matches: [{ path: everyPath, method: 'GET' }, { path: everyPath, method: 'HEAD' }, { path: { type: 'RegularExpression', value: '/a' } }, { path: everyPath }],
  }]);
});

test('rules hold eight matches each', () => {
  const paths = Array.from({ length: 17 }, (_, index) => `/${index}`);
  expect(httpRouteRules([{ paths }])!.map((rule) => rule.matches.length)).toEqual([8, 8, 1]);
});

test('there are no rules for a method that no route can name, and for more paths than a route holds', () => {
  expect(httpRouteRules([{ methods: ['PURGE'] }])).toBeUndefined();
  expect(httpRouteRules([{ paths: Array.from({ length: 129 }, (_, index) => `/${index}`) }])).toBeUndefined();
});
