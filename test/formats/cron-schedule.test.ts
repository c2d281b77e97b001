import { scheduleProblem } from '../../src/formats/cron-schedule';

test.each(['*/5 1 * * 1-5', '@daily', '@every 5m', '* * * * mon', '0 0 31 2 *', '1-5/2 * * * *', '? * * * *', '* * * JAN *', '0,15,30 * * * *', '  0 0 * * *  '])('%s is a schedule', text => {
  expect(scheduleProblem(text)).toBeUndefined();
});

test.each([
  ['* * * *', 'it has 4 fields, and 5 are wanted'],
  ['0 0 * * * *', 'it has 6 fields'],
  ['60 * * * *', '"60" is no minute, which is 0 to 59'],
  ['0 24 * * *', '"24" is no hour, which is 0 to 23'],
  ['0 0 0 * *', '"0" is no day of the month, which is 1 to 31'],
  ['0 0 * 13 *', '"13" is no month'],
  ['* * * * 7', '"7" is no day of the week, which is 0 to 6'],
  ['*/0 * * * *', '"*/0" is no minute'],
  ['*-5 * * * *', '"*-5" is no minute'],
  ['1-2-3 * * * *', '"1-2-3" is no minute'],
  ['5-1 * * * *', '"5-1" ends before it begins'],
  ['a * * * *', '"a" is no minute'],
  ['@weekdays', '@yearly, @annually'],
  ['TZ=UTC 0 0 * * *', 'the time zone belongs into the field timeZone'],
])('fails for %s', (text, problem) => {
  expect(scheduleProblem(text)).toContain(problem);
});
