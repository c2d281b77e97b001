import { groupBy } from '../../src/app/group-by';

test('items of one key are together, in their order', () => {
  expect([...groupBy(['b1', 'a1', 'b2'], ([key]) => key)]).toEqual([['b', ['b1', 'b2']], ['a', ['a1']]]);
  expect(groupBy([], String).size).toBe(0);
});
