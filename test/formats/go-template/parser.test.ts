import { parseTemplate, pathsOf, render } from '../../../src/formats/go-template';

test('renders plain paths and index', () => {
  const template = parseTemplate('spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/app/{{ index .PodMeta.Labels "app" }}');
  expect(pathsOf(template)).toEqual([['TrustDomain'], ['PodMeta', 'Namespace'], ['PodMeta', 'Labels']]);
  expect(render(template, names => names.join('-'))).toBe('spiffe://TrustDomain/ns/PodMeta-Namespace/app/PodMeta-Labels-app');
});

test.each([
  '{{- .A -}}', '{{/* c */}}x', '{{ if .A }}{{ .B }}{{ else if .C }}d{{ end }}', '{{ range $i, $x := .A }}{{ $x.B }}{{ end }}',
  '{{ with $x := .A }}{{ $x }}{{ end }}', '{{ printf "%s-%d" .A 3 | len }}', '{{ (index .A "b").C }}', '{{ eq .A "b" `c` }}', '{{ $.A }}', '{{ . }}', '{{ .A | }}', '{{ (.A | ).B }}', '{{ \'a\' }}', '{{ \'\\n\' }}',
])('parses %s', text => {
  expect(() => parseTemplate(text)).not.toThrow();
});

test.each([
  ['{{ .A', 'unclosed action'], ['{{ lower .A }}', 'function "lower" not defined'], ['{{ if .A }}', 'unexpected EOF'], ['{{ end }}', 'unexpected {{end}}'],
  ['{{ $x }}', 'undefined variable "$x"'], ['{{ "a }}', 'unterminated quoted string'], ['{{ }}', 'missing value for command'], ['{{/* a', 'unclosed comment'],
  ["{{ 'ab' }}", "malformed character constant: 'ab'"], ['{{ .A-}}', 'unexpected "-" in action'], ['{{/* c */ }}', 'unclosed comment'], ['{{ | }}', 'missing value for command'],
  ['{{ .A ) }}', 'unexpected ")" in action'], ['{{ .A..B }}', 'unexpected "." in operand'], ['{{ printf"%s" }}', 'unexpected ""%s"" in operand'],
])('fails on %s', (text, message) => {
  expect(() => parseTemplate(text)).toThrow(message);
});
