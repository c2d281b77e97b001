import { bodiesOf, namesOf } from '../../src/model/rego';

const kinds = (text: string): string[] => bodiesOf(text).map(({ kind }) => kind);

test.each([
  ['a rule', 'allow if {\n  input.x\n}'],
  ['a condition on the next line', 'allow if\n{\n  input.x\n}'],
  ['a set of the new kind', 'ids contains id if {\n  some id in data.ids\n}'],
  ['a function', 'f(x) := y if {\n  y := x + 1\n}'],
  ['an else', 'a := 1 if {\n  input.x\n} else := 2 if {\n  input.y\n}'],
])('%s has its if', (_, text) => {
  expect(new Set(kinds(text))).toEqual(new Set(['if']));
});

test.each([
  ['an object over lines', 'roles := {\n  "a": 1,\n}'],
  ['a default object', 'default config := {\n}'],
  ['a value on the next line', 'roles :=\n  {"a"}'],
  ['a comprehension', 'ids := {id | some id in data.ids}'],
  ['a brace in a text', 'name := "allow {"\nraw := `x {`\n# deny {'],
  ['a comparison with a set', 'allow if input.method in {"GET"}'],
])('%s is no body', (_, text) => {
  expect(kinds(text)).toEqual([]);
});

test.each([
  ['a rule', 'allow {\n  input.x\n}', 1],
  ['a rule with a value', '\nrole = "admin" { input.user == "root" }', 2],
  ['a set', 'ids[id] {\n  id := data.ids[_]\n}', 1],
  ['a function', 'f(x) = y {\n  y := x + 1\n}', 1],
  ['an else', 'a := 1 if {\n  input.x\n}\nelse = 2 {\n  input.y\n}', 4],
])('fails for %s without if', (_, text, line) => {
  expect(bodiesOf(text).filter(({ kind }) => kind !== 'if')).toMatchObject([{ line }]);
});

test('the names of a part of the input', () => {
  expect(namesOf('import input.attributes.request.http as http_request\nreq := input.attributes.request.http', 'input.attributes.request.http'))
    .toEqual(['input.attributes.request.http', 'req', 'http_request']);
});
