import * as fc from 'fast-check';
import { Labelled, Selecting } from '../../../src/model/kubernetes/labelled';
import { selectsLabels } from '../../../src/model/kubernetes/selector';

const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'));

test('things with labels are found as if each was looked at, in their order', () => {
  fc.assert(fc.property(fc.array(labels), labels, (things, wanted) => {
    expect(new Labelled(things, (thing) => thing).having(wanted)).toEqual(things.filter((thing) => selectsLabels(wanted, thing)));
  }));
});

test('things that select are found as if each was asked, in their order', () => {
  fc.assert(fc.property(fc.array(labels), labels, (things, there) => {
    expect(new Selecting(things, (thing) => thing, selectsLabels).of(there)).toEqual(things.filter((thing) => selectsLabels(thing, there)));
  }));
});

test('the list is the same for the same labels', () => {
  const things: { [name: string]: string }[] = [{ a: '1' }, { a: '1', b: '2' }];
  const labelled = new Labelled(things, (thing) => thing);
  expect(labelled.having({ a: '1' })).toBe(labelled.having({ a: '1' }));
  const selecting = new Selecting(things, (thing) => thing, selectsLabels);
  expect(selecting.of({ a: '1' })).toBe(selecting.of({ a: '1' }));
});
