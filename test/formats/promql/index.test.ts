import { parser } from '@prometheus-io/lezer-promql';
import { PROMQL_FUNCTIONS, readPromql } from '../../../src/formats/promql';

test.each([
  ['nothing', '# only this', 'there is no expression'],
  ['a range that is missing', 'rate(http_requests_total)', 'rate takes a range vector, this is an instant vector: write a range such as [5m] behind the selector'],
  ['a range that is too much', 'sum(up[5m])', 'sum takes an instant vector, this is a range vector'],
  ['a range of a sum', 'sum(up)[5m]', 'a range such as [5m] follows a selector only: write [5m:] for a subquery'],
  ['a misspelt function', 'sum(rates(up[5m]))', 'there is no function rates'],
  ['a function in another case', 'RATE(up[5m])', 'there is no function RATE'],
  ['a parenthesis that is missing', 'sum(rate(up[5m])', 'the end stands where ) is wanted'],
  ['one too many', 'sum(up))', '")" stands where an operator or the end is wanted'],
  ['a bracket that is missing', 'rate(up[5m)', '")" stands where ] is wanted'],
  ['a brace that is missing', 'up{job="a"', 'the end stands where , is wanted'],
  ['a label without quotes', 'up{job=a}', '"a" stands where a value in quotes is wanted'],
  ['a label with ==', 'up{job=="a"}', '"==" stands where one of =, !=, =~, !~ is wanted'],
  ['a label with a dash', 'up{pod-name="a"}', '"-" stands where one of =, !=, =~, !~ is wanted'],
  ['a comparison with =', 'up = 0', '"=" stands where an operator or the end is wanted'],
  ['two metrics', 'up down', '"down" stands where an operator or the end is wanted'],
  ['an operator at the end', 'up / ', 'the end stands where an expression is wanted'],
  ['quotes that do not end', 'up{job="a}', 'the text in " does not end'],
  ['an escape sequence that is none', 'up{job=~"a\\.b"}', '\\. in quotes is no escape sequence: write \\\\.'],
  ['a pattern that does not compile', 'up{job=~"a("}', 'the pattern "a(" of job does not compile'],
  ['a selector of everything', '{job=~".*"}', 'the selector takes every metric'],
  ['a name that is there twice', 'up{__name__="down"}', 'the name of the metric is there twice'],
  ['an aggregation without its parameter', 'topk(up)', 'topk takes a scalar and an instant vector, there is 1'],
  ['a parameter too many', 'sum(1, up)', 'sum takes an instant vector, there are 2'],
  ['an aggregation of a label', 'sum by job (up)', '"job" stands where ( is wanted'],
  ['a quantile in percent of nothing', 'histogram_quantile(rate(a_bucket[5m]), 0.99)', 'histogram_quantile takes a scalar, this is an instant vector'],
  ['an argument that is missing', 'label_replace(up, "a", "b", "c")', 'label_replace takes 5 arguments, there are 4'],
  ['a duration without number', 'rate(up[m])', '"m" stands where a duration such as 5m is wanted'],
  ['a unit that is none', 'rate(up[5min])', '"5min" is neither a number nor a duration'],
  ['units in the wrong order', 'rate(up[30m1h])', '"30m1h" is neither a number nor a duration'],
  ['no duration at all', 'rate(up[0s])', 'the duration 0s is not greater than 0'],
  ['an offset of a sum', 'sum(up) offset 5m', 'offset follows a selector, a range or a subquery only'],
  ['an offset before the range', 'rate(up offset 5m [5m])', 'offset and @ stand behind the range, not before it'],
  ['a comparison of numbers', '1 > 2', '">" between two scalars needs bool behind it'],
  ['bool that compares nothing', 'up + bool 1', 'bool stands behind "+", which compares nothing'],
  ['numbers in a set', 'up and 1', 'and joins instant vectors only'],
  ['text in a sum', 'up + "a"', '"+" joins scalars and instant vectors, this is text'],
  ['a group in a set', 'up and on(job) group_left() down', 'and takes neither group_left nor group_right'],
  ['a label that is matched and taken along', 'a * on(job) group_left(job) b', 'the label job is both in on and in the group'],
  ['a colon in a label', 'up{a:b="c"}', '"a:b" stands where a label is wanted'],
  ['a character of another language', 'up ? 1', '"?" is no part of PromQL'],
])('fails %s', (_, text, problem) => {
  expect(readPromql(text).problem).toContain(problem);
});

const RIGHT = [
  'up', 'sum(up)', 'sum by (job) (rate(http_requests_total{code=~"5..", method!="GET"}[5m]))', 'sum(rate(a[5m])) by (job, instance,) / ignoring(code) group_left sum(rate(b[5m]))',
  'histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m]))) > 0.5', 'max_over_time(rate(a[5m])[1h:1m] offset 1d)', 'a @ 1609746000.5 offset -5m', 'a[5m] @ end()',
  '-1 ^ 2 + +up * Inf', 'job:a:rate5m > bool 1', '{"a.b", c="d"}', '{__name__=~"a.+", job!=""}', 'count_values("version", build_info)', 'topk(3, up)',
  'label_replace(up{a="b"}, "x", "$1", "y", `(.*)\\.z`)', 'time() - a > 5m', 'absent(up) or vector(1)', 'sum', 'count{by="or"}', 'rate(a[300])', 'round(up)', 'day_of_week()', '0x1F + 1e3 + .5', 'up # all',
  'a unless on() b', '"text"', 'scalar(up) == bool 1', 'sum(group_left_total)', 'min_over_time((a > 0)[5m:])', 'up{job=~"${job}"}',
];

test.each(RIGHT)('%s is PromQL', text => {
  expect(readPromql(text)).toEqual({ type: expect.anything() });
});

test.each([
  ['a variable', 'up > $threshold'],
  ['a template', 'up > {{ .Values.limit }}'],
  ['what a person fills in', 'up > <limit>'],
  ['a pipeline of LogQL', '{app="a"} |= "error"'],
  ['an expression for a duration', 'rate(a[5m * 2])'],
  ['info', 'info(a, {b="c"})'],
  ['fill', 'a + on(b) fill(0) c'],
])('%s is not judged', (_, text) => {
  expect(readPromql(text)).toEqual({});
});

test.each([['up', 'instant vector'], ['up[5m]', 'range vector'], ['1 + 2', 'scalar'], ['"a"', 'string'], ['(up)', 'instant vector'], ['-up', 'instant vector']])('%s gives a %s', (text, type) => {
  expect(readPromql(text)).toEqual({ type });
});

test.each(RIGHT.filter(text => !text.includes('$')))('the editor of Prometheus reads %s, too', text => {
  const errors: number[] = [];
  parser.parse(text).iterate({ enter: node => { if (node.type.isError) errors.push(node.from); } });
  expect(errors).toEqual([]);
});

test('deep nesting is not judged', () => {
  expect(readPromql(`${'('.repeat(100_000)}up${')'.repeat(100_000)}`)).toEqual({});
});

test('there are all functions of Prometheus 3', () => {
  expect(PROMQL_FUNCTIONS.size).toBeGreaterThan(80);
});
