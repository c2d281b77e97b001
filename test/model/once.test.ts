import { once, onceIn } from '../../src/model/once';

test('an answer is worked out once for each object, also where there is none', () => {
  const make = jest.fn((key: { name?: string }) => key.name);
  const nameOf = once(make);
  const [named, nameless] = [{ name: 'reviews' }, {}];
  expect([nameOf(named), nameOf(named), nameOf(nameless), nameOf(nameless)]).toEqual(['reviews', 'reviews', undefined, undefined]);
  expect(make).toHaveBeenCalledTimes(2);
});

test('an answer is worked out once for each part of each whole', () => {
  const make = jest.fn((whole: number[], part: number) => whole.find(one => one === part));
  const find = onceIn(make);
  const [one, other] = [[1, 2], [2, 3]];
  expect([find(one, 1), find(one, 1), find(one, 3), find(one, 3), find(other, 3)]).toEqual([1, 1, undefined, undefined, 3]);
  expect(make).toHaveBeenCalledTimes(3);
});
