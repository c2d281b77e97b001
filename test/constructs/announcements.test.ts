import { Announcements } from '../../src/constructs/announcements';

test('who asks is told of all, in their order, whenever he asks', () => {
  const announcements = new Announcements<string>();
  const told: string[] = [];
  announcements.onEach((item) => told.push(`early ${item}`));
  announcements.add('a');
  announcements.onEach((item) => told.push(`late ${item}`));
  announcements.add('b');
  expect(told).toEqual(['early a', 'late a', 'early b', 'late b']);
  expect(announcements.all).toEqual(['a', 'b']);
});

test('the list is a copy', () => {
  const announcements = new Announcements<string>();
  announcements.all.push('a');
  expect(announcements.all).toEqual([]);
});

test('what a listener adds is told, too', () => {
  const announcements = new Announcements<number>();
  const told: number[] = [];
  announcements.onEach((item) => {
    told.push(item);
    if (item < 3) {
      announcements.add(item + 1);
    }
  });
  announcements.add(1);
  expect(told).toEqual([1, 2, 3]);
});
